import type { Drafts } from '@deskbell/client'
import type { CommentDraft } from './comment-draft.ts'
import { inFront } from '../in-front.ts'

export interface CommentDrafts {
  get(ticketId: string): CommentDraft | undefined
  /** Whether it is kept: a browser may have no room, or keep nothing. */
  set(ticketId: string, draft: CommentDraft): boolean
  clear(ticketId: string): void
  /** Drafts that are on their way to the server, oldest first. */
  outgoing(ticketId: string): CommentDraft[]
  /** Keeps a draft on its way, apart from what is written meanwhile. */
  takeOut(ticketId: string, draft: CommentDraft): void
  /** Forgets a draft on its way: it became a comment. */
  settle(ticketId: string, draftId: string): void
  /** Puts what did not get through in front of what was written meanwhile. */
  putBack(ticketId: string, draft: CommentDraft): void
  /** The id of the ticket with a number on which something is being written. */
  ticketWithNumber(number: number): string | undefined
}

/** The comments one person is writing, with the files that go with them. */
export function commentDrafts(drafts: Drafts): CommentDrafts {
  const get = (key: string) => withFiles(drafts.get(key))

  function set(key: string, draft: CommentDraft): boolean {
    return drafts.set(key, { ...draft, attachmentIds: draft.attachments.map((file) => file.id) })
  }

  function settle(ticketId: string, draftId: string) {
    drafts.clear(outgoingPrefix(ticketId) + draftId)
  }

  return {
    get,
    set,
    clear: drafts.clear,
    outgoing: (ticketId) =>
      drafts
        .list()
        .filter(({ ticketId: key }) => key.startsWith(outgoingPrefix(ticketId)))
        .flatMap(({ draft }) => withFiles(draft) ?? [])
        // Their ids sort by the time they were begun.
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
        .find(({ draft }) => withFiles(draft)?.ticketNumber === number)
        ?.ticketId.split('.')[0],
  }
}

function outgoingPrefix(ticketId: string): string {
  return `${ticketId}.outgoing.`
}

/** The SDK keeps what it is given, and knows of the files only their ids. */
function withFiles(draft: object | undefined): CommentDraft | undefined {
  return draft && 'attachments' in draft && 'ticketNumber' in draft
    ? (draft as CommentDraft)
    : undefined
}
