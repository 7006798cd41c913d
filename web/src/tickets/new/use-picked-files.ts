import { useState } from 'react'
import { useAuth } from '../../live/use-auth.ts'
import { useDesk } from '../../live/use-desk.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { useAskBeforeLeaving } from '../../ui/use-ask-before-leaving.ts'
import { fileLimitSentence } from '../composer/files/file-limit-sentence.ts'
import type { Desk } from '@deskbell/client'

const memories = new WeakMap<Desk, { files: readonly File[] }>()

/** The files chosen for a new ticket, for as long as someone is signed in: a page may be left and come back to. */
function pickedMemory(desk: Desk): { files: readonly File[] } {
  const known = memories.get(desk)
  if (known !== undefined) return known
  const made = { files: [] }
  memories.set(desk, made)
  return made
}

export interface Picked {
  list: readonly File[]
  /** A sentence for each file that was too large. */
  tooLarge: readonly string[]
  add(files: readonly File[]): void
  remove(file: File): void
  clear(): void
}

/** Files chosen for a ticket that does not exist yet. */
export function usePickedFiles(): Picked {
  const { maxUploadBytes } = useAuth()
  const memory = pickedMemory(useDesk())
  const [list, setShown] = useState(memory.files)
  // The browser cannot store files as it stores text.
  useAskBeforeLeaving(list.length > 0)

  function setList(files: readonly File[]) {
    memory.files = files
    setShown(files)
  }

  const [tooLarge, setTooLarge] = useState<readonly string[]>([])
  return {
    list,
    tooLarge,
    add: (files) => {
      const fitting = files.filter((file) => file.size <= maxUploadBytes)
      const others = files.filter((file) => file.size > maxUploadBytes)
      const before = memory.files
      setList([
        ...before,
        ...fitting.filter((file) => !before.some((other) => isSame(file, other))),
      ])
      setTooLarge(
        others.map(
          (file) =>
            `“${isolated(file.name)}” was left out. ${fileLimitSentence(file.size, maxUploadBytes)}`,
        ),
      )
    },
    remove: (file) => setList(memory.files.filter((other) => other !== file)),
    clear: () => setList([]),
  }
}

function isSame(one: File, other: File): boolean {
  return (
    one.name === other.name && one.size === other.size && one.lastModified === other.lastModified
  )
}
