import { uuidv7 } from '@deskbell/client'
import type { PendingComment, TimelineGap } from '@deskbell/client'
import type { Attachment, Ticket, TimelineItem } from '@deskbell/contract'
import { useMemo, useState } from 'react'
import { isEmptyDraft } from './comment-draft.ts'
import type { CommentDraft } from './comment-draft.ts'
import type { CommentDrafts } from './comment-drafts.ts'
import { inFront } from '../in-front.ts'
import { useCommentDrafts } from './use-comment-drafts.ts'
import { tellThisWindow, useStoredDraft } from './use-stored-draft.ts'

export interface CommentDraftStore {
  draft: CommentDraft
  /** It will be here after a reload. */
  kept: boolean
  update(change: (before: CommentDraft) => Partial<CommentDraft>): void
  /** Hands the draft out to be sent, changed by `part`, and begins the next. Undefined when nothing is written. */
  take(part: Partial<CommentDraft>): CommentDraft | undefined
  /** What was taken became a comment. */
  settle(draft: CommentDraft): void
  /** What was taken did not get through: it is written here again. */
  putBack(draft: CommentDraft): void
}

/** A ticket, as far as a draft has to know it. */
export interface DraftedTicket {
  ticket: Ticket
  timeline: readonly TimelineItem[]
  gaps: readonly TimelineGap[]
  /** Those that were sent. */
  attachments: readonly Attachment[]
  unconfirmed: readonly PendingComment[]
}

/** What someone is writing on a ticket, kept on this device until it is sent. */
export function useCommentDraft(state: DraftedTicket): CommentDraftStore {
  const { id, version, number } = state.ticket
  const drafts = useCommentDrafts()
  // Before the draft is read, and harmless when done twice.
  useState(() => recover(drafts, state))
  const place = useMemo(
    () => ({
      get: () => drafts.get(id),
      set: (draft: CommentDraft) => drafts.set(id, draft),
      clear: () => drafts.clear(id),
    }),
    [drafts, id],
  )
  const stored = useStoredDraft(place)

  function read(): CommentDraft {
    return stored.read() ?? emptyDraft(number)
  }

  return {
    draft: stored.value ?? emptyDraft(number),
    kept: stored.kept,
    update: (change) => {
      const before = read()
      stored.write(begunAt(version, { ...before, ...change(before) }))
    },
    take: (part) => {
      const draft = { ...read(), ...part }
      if (isEmptyDraft(draft)) return undefined
      drafts.takeOut(id, draft)
      // The next one is of the same kind: nothing meant for staff goes to everyone by habit.
      if (draft.internal) stored.write({ ...emptyDraft(number), internal: true })
      else stored.clear()
      return draft
    },
    settle: (draft) => drafts.settle(id, draft.id),
    putBack: (draft) => {
      stored.write(inFront(draft, stored.read()))
      drafts.settle(id, draft.id)
      tellThisWindow()
    },
  }
}

/** What was on its way when the page was closed: it is a comment by now, or it never got through. */
function recover(drafts: CommentDrafts, { ticket, timeline, unconfirmed }: DraftedTicket) {
  for (const draft of drafts.outgoing(ticket.id).toReversed()) {
    if (unconfirmed.some((comment) => comment.id === draft.id)) continue
    if (wasSent(draft, timeline)) drafts.settle(ticket.id, draft.id)
    else drafts.putBack(ticket.id, draft)
  }
}

function emptyDraft(ticketNumber: number): CommentDraft {
  return { id: uuidv7(), ticketNumber, body: '', internal: false, attachments: [] }
}

/** Writing begins with the first letter or file; whoever deletes everything begins anew. */
function begunAt(version: number, draft: CommentDraft): CommentDraft {
  const { seenVersion, ...rest } = draft
  if (isEmptyDraft(draft)) return rest
  return { ...rest, seenVersion: seenVersion ?? version }
}

function wasSent(draft: CommentDraft, timeline: readonly TimelineItem[]): boolean {
  return timeline.some((item) => item.kind === 'comment' && item.comment.id === draft.id)
}
