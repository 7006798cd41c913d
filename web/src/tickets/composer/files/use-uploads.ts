import { ApiError, uuidv7 } from '@deskbell/client'
import type { Attachment } from '@deskbell/contract'
import { useRef, useState } from 'react'
import { useAuth } from '../../../live/use-auth.ts'
import { useDesk } from '../../../live/use-desk.ts'
import { useAskBeforeLeaving } from '../../../ui/use-ask-before-leaving.ts'
import { sayError } from '../../../ui/say-error.ts'
import { fileLimitSentence } from './file-limit-sentence.ts'

/** A file on its way, or one whose upload failed. */
export interface Upload {
  key: string
  file: File
  internal: boolean
  /** The uploaded share, from 0 to 1. */
  share: number
  /** Why the upload failed; absent while it runs. */
  problem?: string
  /** Whether another try may help. */
  again?: boolean
}

export interface Uploads {
  list: readonly Upload[]
  busy: boolean
  start(files: readonly File[], internal: boolean): void
  retry(upload: Upload): void
  /** Stops an upload, or removes a failed one from the list. */
  drop(upload: Upload): void
}

/** Uploads to a ticket. `draft`: the files wait on the server until a comment includes them. */
export function useUploads(
  ticketId: string,
  draft: boolean,
  onStored?: (attachment: Attachment) => void,
): Uploads {
  const desk = useDesk()
  const { maxUploadBytes } = useAuth()
  const [list, setList] = useState<readonly Upload[]>([])
  const running = useRef(new Map<string, AbortController>())

  const busy = list.some((upload) => upload.problem === undefined)
  useAskBeforeLeaving(busy)

  function change(key: string, part: Partial<Upload>) {
    setList((uploads) =>
      uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)),
    )
  }

  function remove(key: string) {
    setList((uploads) => uploads.filter((upload) => upload.key !== key))
  }

  async function send(upload: Upload) {
    const aborter = new AbortController()
    running.current.set(upload.key, aborter)
    try {
      const attachment = await desk.attach(ticketId, upload.file, {
        internal: upload.internal,
        draft,
        signal: aborter.signal,
        progress: (share) => change(upload.key, { share }),
      })
      remove(upload.key)
      onStored?.(attachment)
    } catch (error) {
      if (aborter.signal.aborted) return
      change(upload.key, { problem: sayError(error), again: mayHelpAgain(error) })
    } finally {
      running.current.delete(upload.key)
    }
  }

  function start(files: readonly File[], internal: boolean) {
    const uploads = files.map((file) => newUpload(file, internal, maxUploadBytes))
    setList((before) => [...before, ...uploads])
    for (const upload of uploads) if (upload.problem === undefined) void send(upload)
  }

  return {
    list,
    busy,
    start,
    retry: ({ problem: _problem, again: _again, ...upload }) => {
      setList((uploads) =>
        uploads.map((other) => (other.key === upload.key ? { ...upload, share: 0 } : other)),
      )
      void send({ ...upload, share: 0 })
    },
    drop: (upload) => {
      running.current.get(upload.key)?.abort()
      remove(upload.key)
    },
  }
}

function newUpload(file: File, internal: boolean, mostBytes: number): Upload {
  const upload = { key: uuidv7(), file, internal, share: 0 }
  if (file.size <= mostBytes) return upload
  return { ...upload, problem: fileLimitSentence(file.size, mostBytes), again: false }
}

function mayHelpAgain(error: unknown): boolean {
  return error instanceof ApiError && (error.status >= 500 || passing.has(error.code))
}

const passing = new Set<string>([
  'network',
  'request.tooSlow',
  'attachment.incomplete',
  'attachment.tooManyDrafts',
])
