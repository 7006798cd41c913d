import { besideKey } from '@deskbell/client'
import type { Drafts } from '@deskbell/client'
import { isEmptyDraft } from './comment-draft.ts'
import type { CommentDraft } from './comment-draft.ts'
import { inFront } from '../in-front.ts'

export interface CommentDrafts {
  get(ticketId: string): CommentDraft | undefined
  /** Returns whether the browser stored the draft: it may have no room, or store nothing. */
  set(ticketId: string, draft: CommentDraft): boolean
  clear(ticketId: string): void
  /** The draft of the other kind, a note beside a reply, if it has something in it. */
  beside(ticketId: string): CommentDraft | undefined
  /** Keeps a draft beside the one of the other kind, which is in the composer. */
  setBeside(ticketId: string, draft: CommentDraft | undefined): void
  /** Drafts that are on their way to the server, oldest first. */
  outgoing(ticketId: string): CommentDraft[]
  /** Stores a draft that is on its way, apart from what the person writes next. */
  takeOut(ticketId: string, draft: CommentDraft): void
  /** Forgets a draft that was on its way and became a comment. */
  settle(ticketId: string, draftId: string): void
  /** Puts a draft that could not be sent in front of the text written since. */
  putBack(ticketId: string, draft: CommentDraft): void
  /** The id of the ticket with this number, if it has a draft. */
  ticketWithNumber(number: number): string | undefined
}

/** The comments that one person is writing, with their files. */
export function commentDrafts(drafts: Drafts): CommentDrafts {
  const { get, set } = drafts

  function settle(ticketId: string, draftId: string) {
    drafts.clear(outgoingPrefix(ticketId) + draftId)
  }

  return {
    get,
    set,
    clear: drafts.clear,
    beside(ticketId) {
      const draft = get(besideKey(ticketId))
      return draft === undefined || isEmptyDraft(draft) ? undefined : draft
    },
    setBeside(ticketId, draft) {
      if (draft === undefined || isEmptyDraft(draft)) drafts.clear(besideKey(ticketId))
      else set(besideKey(ticketId), draft)
    },
    outgoing: (ticketId) =>
      drafts
        .list()
        .filter(({ ticketId: key }) => key.startsWith(outgoingPrefix(ticketId)))
        .map(({ draft }) => draft)
        // The drafts' ids sort by the time at which they were begun.
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    takeOut: (ticketId, draft) => {
      set(outgoingPrefix(ticketId) + draft.id, draft)
      drafts.clear(ticketId)
    },
    settle,
    putBack: (ticketId, draft) => {
      set(ticketId, inFront(draft, get(ticketId)))
      settle(ticketId, draft.id)
    },
    ticketWithNumber: (number) =>
      drafts
        .list()
        .find(({ draft }) => draft.ticketNumber === number)
        ?.ticketId.split('.')[0],
  }
}

function outgoingPrefix(ticketId: string): string {
  return `${ticketId}.outgoing.`
}
