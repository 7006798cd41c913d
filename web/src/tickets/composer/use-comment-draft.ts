import { uuidv7 } from '@deskbell/client'
import type { Comment, Ticket, TimelineItem } from '@deskbell/contract'
import type { CommentDraft } from './comment-draft.ts'
import { useStoredDraft } from './use-stored-draft.ts'

export interface CommentDraftStore {
  draft: CommentDraft
  /** Changes the draft and answers with it as it is kept. */
  update(change: (before: CommentDraft) => Partial<CommentDraft>): CommentDraft
  /** The draft with this id became a comment. */
  discard(id: string): void
  /** Makes what is written another comment than the one its id stands for. */
  renewId(): void
}

/** What someone is writing on a ticket, kept on this device until it is sent. */
export function useCommentDraft(
  ticket: Ticket,
  timeline: readonly TimelineItem[],
): CommentDraftStore {
  const stored = useStoredDraft<CommentDraft>(ticket.id)

  /** A draft that is a comment already was sent by a page that did not live to hear of it. */
  function unsent(draft: CommentDraft | undefined): CommentDraft | undefined {
    const sent = draft && commentWithId(timeline, draft.id)
    if (!draft || !sent) return draft
    return sent.body === draft.body ? undefined : { ...draft, id: uuidv7() }
  }

  function update(change: (before: CommentDraft) => Partial<CommentDraft>): CommentDraft {
    const before = unsent(stored.read()) ?? emptyDraft()
    const draft = begunAt(ticket.version, { ...before, ...change(before) })
    stored.write(draft)
    return draft
  }

  return {
    draft: unsent(stored.value) ?? emptyDraft(),
    update,
    discard: (id) => {
      if (stored.read()?.id === id) stored.clear()
    },
    renewId: () => void update(() => ({ id: uuidv7() })),
  }
}

function emptyDraft(): CommentDraft {
  return { id: uuidv7(), body: '', internal: false, attachments: [] }
}

/** Writing begins with the first letter; whoever deletes everything begins anew. */
function begunAt(version: number, draft: CommentDraft): CommentDraft {
  const { seenVersion, ...rest } = draft
  if (draft.body.trim() === '') return rest
  return { ...rest, seenVersion: seenVersion ?? version }
}

function commentWithId(timeline: readonly TimelineItem[], id: string): Comment | undefined {
  const item = timeline.find((line) => line.kind === 'comment' && line.comment.id === id)
  return item?.kind === 'comment' ? item.comment : undefined
}
