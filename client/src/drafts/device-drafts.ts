import { cleanText } from '@deskbell/contract'
import type { DraftKind, SavedDraft } from '@deskbell/contract'
import { uuidv7 } from '../uuid.ts'
import type { DraftText } from './draft-bases.ts'
import { besideKey, kindOf } from './drafts.ts'
import type { Draft, Drafts } from './drafts.ts'

export const emptyText: DraftText = { body: '', attachmentIds: [] }

/** The draft of a kind on this device, in the composer or beside it. */
function draftOf(drafts: Drafts, ticketId: string, kind: DraftKind): Draft | undefined {
  return [drafts.get(ticketId), drafts.get(besideKey(ticketId))].find(
    (draft) => draft !== undefined && kindOf(draft) === kind,
  )
}

export function deviceText(drafts: Drafts, ticketId: string, kind: DraftKind): DraftText {
  const draft = draftOf(drafts, ticketId, kind)
  return draft === undefined ? emptyText : textOf(draft)
}

export function textOf({ body, attachments }: Pick<SavedDraft | Draft, 'body' | 'attachments'>) {
  return { body: cleanText(body), attachmentIds: attachments.map(({ id }) => id) }
}

export function isEmpty({ body, attachmentIds }: DraftText): boolean {
  return body === '' && attachmentIds.length === 0
}

export function sameText(one: DraftText, other: DraftText): boolean {
  return one.body === other.body && one.attachmentIds.join() === other.attachmentIds.join()
}

/** Whether a text has all of another one, and was written on from there. */
export function continues(longer: DraftText, shorter: DraftText): boolean {
  return (
    longer.body.startsWith(shorter.body) &&
    shorter.attachmentIds.every((id) => longer.attachmentIds.includes(id))
  )
}

/**
 * Puts what another device wrote into the drafts of this one. It never changes what kind of comment the composer is for: a
 * text for staff must not be written on as a reply. Returns whether the device stored it.
 */
export function takeDraft(drafts: Drafts, saved: SavedDraft): boolean {
  const { ticketId, kind, body, attachments, ticketNumber, updatedAt } = saved
  const internal = kind === 'note'
  const shown = drafts.get(ticketId)
  const isShown = shown === undefined ? !internal : shown.internal === internal
  const key = isShown ? ticketId : besideKey(ticketId)
  if (isEmpty(textOf(saved)) && !(isShown && internal)) {
    drafts.clear(key)
    return true
  }
  const { id = uuidv7() } = draftOf(drafts, ticketId, kind) ?? {}
  return drafts.set(key, { id, ticketNumber, body, internal, attachments, writtenAt: updatedAt })
}
