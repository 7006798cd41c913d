import { besideKey } from '@deskbell/client'
import type { Drafts } from '@deskbell/client'
import { isEmptyDraft } from './comment-draft.ts'
import type { CommentDraft } from './comment-draft.ts'

export interface CommentDrafts {
  get(ticketId: string): CommentDraft | undefined
  /** Returns whether the browser stored the draft: it may have no room, or store nothing. */
  set(ticketId: string, draft: CommentDraft): boolean
  clear(ticketId: string): void
  /** The draft of the other kind, a note beside a reply, if it has something in it. */
  beside(ticketId: string): CommentDraft | undefined
  /** Keeps a draft beside the one of the other kind, which is in the composer. Where it cannot be stored, this page keeps it. */
  setBeside(ticketId: string, draft: CommentDraft | undefined): void
  /** The draft beside the one in the composer, if there is one, survives a reload. */
  keepsBeside(ticketId: string): boolean
  /** The id of the ticket with this number, if it has a draft. */
  ticketWithNumber(number: number): string | undefined
}

/** The comments that one person is writing, with their files. */
export function commentDrafts(drafts: Drafts): CommentDrafts {
  const { get, set } = drafts
  const unkept = new Map<string, CommentDraft>()

  return {
    get,
    set,
    clear: drafts.clear,
    beside(ticketId) {
      const draft = unkept.get(ticketId) ?? get(besideKey(ticketId))
      return draft === undefined || isEmptyDraft(draft) ? undefined : draft
    },
    setBeside(ticketId, draft) {
      unkept.delete(ticketId)
      if (draft === undefined || isEmptyDraft(draft)) drafts.clear(besideKey(ticketId))
      else if (!set(besideKey(ticketId), draft)) unkept.set(ticketId, draft)
    },
    keepsBeside: (ticketId) => !unkept.has(ticketId),
    ticketWithNumber: (number) =>
      drafts
        .list()
        .find(({ draft }) => draft.ticketNumber === number)
        ?.ticketId.split('.')[0],
  }
}
