import { createDrafts } from '@deskbell/client'
import { useMemo } from 'react'
import { useMe } from '../../live/use-me.ts'
import type { CommentDraft } from './comment-draft.ts'

export interface CommentDrafts {
  get(ticketId: string): CommentDraft | undefined
  /** Whether it is kept: a browser may have no room, or keep nothing. */
  set(ticketId: string, draft: CommentDraft): boolean
  clear(ticketId: string): void
  /** The id of the ticket with a number on which something is being written. */
  ticketWithNumber(number: number): string | undefined
}

/** What the person signed in is writing, with the files that go with it. */
export function useCommentDrafts(): CommentDrafts {
  const me = useMe()
  return useMemo(() => {
    const drafts = createDrafts(localStorage, me.id)
    return {
      get: (ticketId) => withFiles(drafts.get(ticketId)),
      set: (ticketId, draft) => {
        const kept = { ...draft, attachmentIds: draft.attachments.map((file) => file.id) }
        return drafts.set(ticketId, kept)
      },
      clear: drafts.clear,
      ticketWithNumber: (number) =>
        drafts.list().find(({ draft }) => withFiles(draft)?.ticketNumber === number)?.ticketId,
    }
  }, [me.id])
}

/** The SDK keeps what it is given, and knows of the files only their ids. */
function withFiles(draft: object | undefined): CommentDraft | undefined {
  return draft && 'attachments' in draft && 'ticketNumber' in draft
    ? (draft as CommentDraft)
    : undefined
}
