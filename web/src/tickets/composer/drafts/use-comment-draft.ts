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
  /** The draft survives a reload. */
  kept: boolean
  /** The draft as it is stored at this moment, also by another window. */
  current(): CommentDraft
  update(change: (before: CommentDraft) => Partial<CommentDraft>): void
  /**
   * Returns the draft, changed by `part`, for sending, and begins the next draft. Undefined when the draft is empty.
   */
  take(part: Partial<CommentDraft>): CommentDraft | undefined
  /** The draft that was taken became a comment. */
  settle(draft: CommentDraft): void
  /** The draft that was taken could not be sent: it is in the field again. */
  putBack(draft: CommentDraft): void
}

/** The parts of an open ticket that a draft needs. */
export interface DraftedTicket {
  ticket: Ticket
  timeline: readonly TimelineItem[]
  gaps: readonly TimelineGap[]
  /** The files that are already on the ticket. */
  attachments: readonly Attachment[]
  unconfirmed: readonly PendingComment[]
}

/** The comment that someone is writing on a ticket, kept on this device until it is sent. */
export function useCommentDraft(state: DraftedTicket): CommentDraftStore {
  const { id, version, number } = state.ticket
  const drafts = useCommentDrafts()
  // Runs before the draft is read, and is harmless when it runs twice.
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
    current: read,
    update: (change) => {
      const before = read()
      stored.write(begunAt(version, { ...before, ...change(before) }))
    },
    take: (part) => {
      const draft = { ...read(), ...part }
      if (isEmptyDraft(draft)) return undefined
      drafts.takeOut(id, draft)
      // After an internal note the next draft is one too, so that a text for staff does not go to everyone by habit.
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

/**
 * Handles drafts that were on their way when the page was closed: each is a comment by now, or goes back into the
 * field.
 */
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

/** Records the version at the first letter or file; a person who deletes everything begins a new draft. */
function begunAt(version: number, draft: CommentDraft): CommentDraft {
  const { seenVersion, ...rest } = draft
  if (isEmptyDraft(draft)) return rest
  return { ...rest, seenVersion: seenVersion ?? version }
}

function wasSent(draft: CommentDraft, timeline: readonly TimelineItem[]): boolean {
  return timeline.some((item) => item.kind === 'comment' && item.comment.id === draft.id)
}
