import type { Attachment } from '@deskbell/contract'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { joinNames } from '../join-names.ts'
import { lostFiles } from './lost-files.ts'
import type { CommentDraftStore, DraftedTicket } from '../drafts/use-comment-draft.ts'

/**
 * A restored draft brings the ids of its files, and so does a draft from another device. Removes the files that can no longer
 * be sent: silently those that another window sent, and with a sentence those that the server lost. Returns that sentence.
 */
export function useRestoredFiles(
  { attachments: sent }: DraftedTicket,
  { draft, update }: CommentDraftStore,
): string | undefined {
  const desk = useDesk()
  const [lost, setLost] = useState<readonly Attachment[]>([])
  const asked = useRef(new Set<string>())
  const ids = draft.attachments.map(({ id }) => id).join()

  const remove = useEffectEvent((gone: readonly Attachment[]) => {
    const out = (file: Attachment) => has(gone, file) || has(sent, file)
    if (!draft.attachments.some(out)) return
    update((before) => ({ attachments: before.attachments.filter((file) => !out(file)) }))
  })

  const ask = useEffectEvent(async () => {
    const waiting = draft.attachments.filter(({ id }) => !asked.current.has(id))
    for (const { id } of waiting) asked.current.add(id)
    const gone = await lostFiles(desk, waiting)
    if (gone.length > 0) setLost((before) => [...before, ...gone])
  })

  // A file may come back after it was removed: with what the server had of the draft.
  useEffect(() => remove(lost), [ids, lost])
  useEffect(() => void ask(), [ids])

  if (lost.length === 0) return undefined
  const names = joinNames(lost.map(({ name }) => `“${name}”`))
  return `The server does not have ${names} any more. Please attach ${lost.length === 1 ? 'it' : 'them'} again.`
}

function has(files: readonly Attachment[], { id }: Attachment): boolean {
  return files.some((file) => file.id === id)
}
