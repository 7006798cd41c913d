import type { Attachment } from '@deskbell/contract'
import { useEffect, useEffectEvent, useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { joinNames } from '../join-names.ts'
import { lostFiles } from './lost-files.ts'
import type { CommentDraftStore, DraftedTicket } from '../drafts/use-comment-draft.ts'

/**
 * A restored draft brings the ids of its files. Removes the files that can no longer be sent: silently those that
 * another window sent, and with a sentence those that the server lost. Returns that sentence.
 */
export function useRestoredFiles(
  { attachments: sent }: DraftedTicket,
  { draft, update }: CommentDraftStore,
): string | undefined {
  const desk = useDesk()
  const [lost, setLost] = useState<readonly Attachment[]>([])

  const take = useEffectEvent((gone: readonly Attachment[]) => {
    const out = draft.attachments.filter((file) => gone.includes(file) || isSent(file))
    if (out.length > 0)
      update((before) => ({
        attachments: before.attachments.filter(({ id }) => !out.some((file) => file.id === id)),
      }))
    setLost(gone)
  })

  function isSent({ id }: Attachment): boolean {
    return sent.some((file) => file.id === id)
  }

  useEffect(() => {
    const asking = new AbortController()
    const waiting = draft.attachments.filter((file) => !isSent(file))
    void lostFiles(desk, waiting, asking.signal).then((gone) => {
      if (!asking.signal.aborted) take(gone)
    })
    return () => asking.abort()
    // Once, when the draft is restored: later this page knows itself what happens to its files.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  if (lost.length === 0) return undefined
  const names = joinNames(lost.map(({ name }) => `“${name}”`))
  return `The server does not have ${names} any more. Please attach ${lost.length === 1 ? 'it' : 'them'} again.`
}
