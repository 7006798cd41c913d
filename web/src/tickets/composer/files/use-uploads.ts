import type { Attachment } from '@deskbell/contract'
import { useEffect, useSyncExternalStore } from 'react'
import { useAuth } from '../../../live/use-auth.ts'
import { useTabMemory } from '../../../live/tab-memory.ts'
import { useDesk } from '../../../live/use-desk.ts'
import { isFailed, uploadListOf } from './upload-list.ts'
import type { Destination, Upload, UploadList } from './upload-list.ts'

export interface Uploads extends Pick<
  UploadList,
  'retry' | 'drop' | 'clear' | 'check' | 'whenDone'
> {
  list: readonly Upload[]
  /** Something happens once they are done. */
  isAwaited: boolean
  /** The first one that was not attached. */
  failed: Upload | undefined
  start(files: readonly File[], internal: boolean): void
  /** Sends all files of the list to a destination instead. */
  moveTo(destination: Destination): void
}

/** The files on their way to a destination; without one, those chosen for a new ticket. */
export function useUploads(
  destination?: Destination,
  onStored?: (attachment: Attachment) => void,
): Uploads {
  const { maxUploadBytes } = useAuth()
  const desk = useDesk()
  const memory = useTabMemory()
  const list = uploadListOf(desk, memory, destination)
  const { uploads, isAwaited } = useSyncExternalStore(list.subscribe, list.listing)
  useEffect(() => {
    if (onStored) list.onStored(onStored)
  })

  const { retry, drop, clear, check, whenDone } = list
  return {
    retry,
    drop,
    clear,
    check,
    whenDone,
    list: uploads,
    isAwaited,
    failed: uploads.find(isFailed),
    start: (files, internal) => list.add(files, { internal, mostBytes: maxUploadBytes }),
    moveTo: (other) => {
      const files = list.listing().uploads.map(({ file }) => file)
      uploadListOf(desk, memory, other).add(files, { internal: false, mostBytes: maxUploadBytes })
      clear()
    },
  }
}
