import { uuidv7 } from '@deskbell/client'
import type { Comment, Ticket, TimelineItem } from '@deskbell/contract'
import { useMemo } from 'react'
import type { CommentDraft } from './comment-draft.ts'
import { useCommentDrafts } from './use-comment-drafts.ts'
import { useStoredDraft } from './use-stored-draft.ts'

export interface CommentDraftStore {
  draft: CommentDraft
  /** It will be here after a reload. */
  kept: boolean
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
  const drafts = useCommentDrafts()
  const place = useMemo(
    () => ({
      get: () => drafts.get(ticket.id),
      set: (draft: CommentDraft) => drafts.set(ticket.id, draft),
      clear: () => drafts.clear(ticket.id),
    }),
    [drafts, ticket.id],
  )
  const stored = useStoredDraft(place)

  function update(change: (before: CommentDraft) => Partial<CommentDraft>): CommentDraft {
    const before = unsent(stored.read(), timeline) ?? emptyDraft(ticket)
    const draft = begunAt(ticket.version, { ...before, ...change(before) })
    stored.write(draft)
    return draft
  }

  return {
    draft: unsent(stored.value, timeline) ?? emptyDraft(ticket),
    kept: stored.kept,
    update,
    discard: (id) => {
      if (stored.read()?.id === id) stored.clear()
    },
    renewId: () => void update(() => ({ id: uuidv7() })),
  }
}

/** A draft that is a comment already was sent by a page that did not live to hear of it. */
function unsent(
  draft: CommentDraft | undefined,
  timeline: readonly TimelineItem[],
): CommentDraft | undefined {
  const sent = draft && commentWithId(timeline, draft.id)
  if (!draft || !sent) return draft
  return sent.body === draft.body ? undefined : { ...draft, id: uuidv7() }
}

function emptyDraft({ number }: Ticket): CommentDraft {
  return { id: uuidv7(), ticketNumber: number, body: '', internal: false, attachments: [] }
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
