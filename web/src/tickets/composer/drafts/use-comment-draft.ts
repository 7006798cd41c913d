import { uuidv7 } from '@deskbell/client'
import type { TimelineGap } from '@deskbell/client'
import { isStaff } from '@deskbell/contract'
import type { Attachment, Ticket, TimelineItem } from '@deskbell/contract'
import { useEffect, useMemo, useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { useMe } from '../../../live/use-me.ts'
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
  /** Turns to a reply or a note. The text goes along, unless the other kind has one of its own. */
  turn(internal: boolean): void
  /** Adds an uploaded file to the draft of its kind. */
  addFile(attachment: Attachment): void
  /** The draft is a comment, or waits for the server in the outbox: the next one begins. */
  sent(draft: CommentDraft): void
  /**
   * A draft that could not be sent is in the field again, in front of what was written since; or beside it, if that is of the
   * other kind: a note never becomes part of a reply. Returns whether it is in the field.
   */
  putBack(draft: CommentDraft): boolean
}

/** The parts of an open ticket that a draft needs. */
export interface DraftedTicket {
  ticket: Ticket
  timeline: readonly TimelineItem[]
  gaps: readonly TimelineGap[]
  /** The files that are already on the ticket. */
  attachments: readonly Attachment[]
}

/** The comment that someone is writing on a ticket, kept on this device until it is sent. */
export function useCommentDraft(state: DraftedTicket): CommentDraftStore {
  const { id, version, number } = state.ticket
  const desk = useDesk()
  const staff = isStaff(useMe().role)
  const drafts = useCommentDrafts()
  // Runs before the draft is read, and is harmless when it runs twice.
  useState(() => arrange(drafts, id, staff))
  const place = useMemo(
    () => ({
      get: () => drafts.get(id),
      set(draft: CommentDraft) {
        const isKept = drafts.set(id, draft)
        desk.drafts.changed(id)
        return isKept
      },
      clear() {
        drafts.clear(id)
        desk.drafts.changed(id)
      },
    }),
    [desk, drafts, id],
  )
  const stored = useStoredDraft(place)

  // What another device wrote goes into the field at once; what kind of comment it is for changes under nobody's hands.
  useEffect(() => {
    const taken = () => {
      if (!(document.activeElement instanceof HTMLTextAreaElement)) arrange(drafts, id, staff)
      tellThisWindow()
    }
    return desk.drafts.open(id, taken)
  }, [desk, drafts, id, staff])

  function read(): CommentDraft {
    return seenWhenWritten(stored.read() ?? emptyDraft(number), state)
  }

  function update(change: (before: CommentDraft) => Partial<CommentDraft>) {
    const before = read()
    stored.write(begunAt(version, { ...before, ...change(before), ticketNumber: number }))
  }

  return {
    draft: seenWhenWritten(stored.value ?? emptyDraft(number), state),
    kept: stored.kept && drafts.keepsBeside(id),
    current: read,
    update,
    turn(internal) {
      const before = read()
      if (before.internal === internal) return
      const other = drafts.beside(id)
      if (other !== undefined) drafts.setBeside(id, before)
      stored.write(other ?? { ...before, internal })
    },
    addFile(attachment) {
      const other = drafts.beside(id)
      const add = (draft: CommentDraft) => ({ attachments: [...draft.attachments, attachment] })
      if (other === undefined || other.internal !== attachment.internal) return update(add)
      drafts.setBeside(id, { ...other, ...add(other) })
      desk.drafts.changed(id)
    },
    sent: (draft) => {
      const now = stored.read()
      // The person turned to a draft of the other kind meanwhile.
      if (now !== undefined && now.id !== draft.id) {
        if (drafts.beside(id)?.id === draft.id) drafts.setBeside(id, undefined)
        desk.drafts.changed(id)
      }
      // Where nothing can be kept, the text stays in the field until the server has it, and may be changed meanwhile.
      else if (now !== undefined && now.body !== draft.body)
        stored.write({ ...now, id: uuidv7(), attachments: [] })
      // After an internal note the next draft is one too, so that a text for staff does not go to everyone by habit.
      else if (draft.internal) stored.write({ ...emptyDraft(number), internal: true })
      else stored.clear()
      tellThisWindow()
    },
    putBack: (draft) => {
      const now = stored.read()
      const isOther = now !== undefined && !isEmptyDraft(now) && now.internal !== draft.internal
      if (isOther) {
        drafts.setBeside(id, inFront(draft, drafts.beside(id)))
        desk.drafts.changed(id)
      } else stored.write(inFront(draft, now))
      tellThisWindow()
      return !isOther
    },
  }
}

function emptyDraft(ticketNumber: number): CommentDraft {
  return { id: uuidv7(), ticketNumber, body: '', internal: false, attachments: [] }
}

/** Shows what there is to go on with, and to people who are not staff any more no note. */
function arrange(drafts: CommentDrafts, id: string, staff: boolean) {
  const shown = drafts.get(id)
  const beside = drafts.beside(id)
  const isHidden = shown?.internal === true && !staff
  const isFree = shown === undefined || isEmptyDraft(shown)
  const maySwap = beside !== undefined && (staff || !beside.internal)
  if (!isHidden && !(isFree && maySwap)) return
  drafts.setBeside(id, shown)
  if (maySwap) drafts.set(id, beside)
  else drafts.clear(id)
}

/** A draft from another device was written without what came after it. */
function seenWhenWritten(draft: CommentDraft, { timeline }: DraftedTicket): CommentDraft {
  const { writtenAt } = draft
  if (writtenAt === undefined || draft.seenVersion !== undefined || isEmptyDraft(draft))
    return draft
  return { ...draft, seenVersion: timeline.findLast(({ at }) => at <= writtenAt)?.seq ?? 0 }
}

/** Records the version at the first letter or file; a person who deletes everything begins a new draft. */
function begunAt(version: number, draft: CommentDraft): CommentDraft {
  const { seenVersion, writtenAt: _writtenAt, ...rest } = draft
  if (isEmptyDraft(draft)) return rest
  return { ...rest, seenVersion: seenVersion ?? version }
}
