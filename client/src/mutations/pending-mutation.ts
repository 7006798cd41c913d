import { fields } from '@deskbell/contract'
import type {
  Attachment,
  Comment,
  FieldName,
  FieldValue,
  PersonRef,
  TicketRow,
  TimelineItem,
} from '@deskbell/contract'
import type { OpenTicket } from '../cache/open-ticket.ts'
import type { ResourceChange, ResourceName } from '../resources/registry.ts'
import type { PendingComment, PendingField } from '../types.ts'

/** A field gets another value. */
type FieldChange = { [N in FieldName]: { kind: N; to: FieldValue<N> } }[FieldName]

/** One change of a mutation, as the screen shows it before the server confirms it. */
export type Change =
  | FieldChange
  | { kind: 'watchers'; add: PersonRef }
  | { kind: 'watchers'; remove: string }
  | { kind: 'ticketTags'; add: readonly string[]; remove: readonly string[] }
  | { kind: 'comment'; comment: PendingComment }
  | { kind: 'confirmedComment'; item: TimelineItem & { kind: 'comment' } }
  | { kind: 'commentEdited'; commentId: string; body: string }
  | { kind: 'commentDeleted'; commentId: string; at: string }
  | { kind: 'attachmentAdded'; attachment: Attachment }
  | { kind: 'attachmentDeleted'; attachmentId: string }
  | { kind: 'seen'; to: number }
  | ResourceChange

/** A mutation of this tab that is not part of the confirmed state yet. */
export interface PendingMutation {
  /** Its Idempotency-Key. */
  readonly key: string
  /** The ticket's id, or the name of a resource. */
  readonly targetId: string
  readonly changes: readonly Change[]
  /** Number of the reply that confirmed it, until its events arrive. */
  readonly confirmedAt: number | undefined
}

export function seenWith(seen: number, mutations: readonly PendingMutation[]): number {
  const marks = mutations
    .flatMap(({ changes }) => changes)
    .map((change) => (change.kind === 'seen' ? change.to : 0))
  return Math.max(seen, ...marks)
}

export function pendingFields(mutations: readonly PendingMutation[]): PendingField[] {
  const kinds = unconfirmedChanges(mutations).map(({ kind }) =>
    kind === 'ticketTags' ? 'tags' : kind,
  )
  return pendingNames.filter((name) => kinds.includes(name))
}

const fieldNames = Object.keys(fields) as FieldName[]
const pendingNames: readonly PendingField[] = [...fieldNames, 'watchers', 'tags']

function isOfField(change: Change): change is FieldChange {
  return Object.hasOwn(fields, change.kind)
}

/** Applies unconfirmed changes to a row. Changes that a reply confirmed are in the row already. */
export function rowWith<R extends TicketRow>(row: R, mutations: readonly PendingMutation[]): R {
  return unconfirmedChanges(mutations).reduce((shown, change) => {
    if (change.kind === 'ticketTags') return { ...shown, tags: tagsWith(shown.tags, change) }
    return isOfField(change) && fields[change.kind].inRow
      ? { ...shown, [change.kind]: change.to }
      : shown
  }, row)
}

function tagsWith(
  tags: readonly string[],
  { add, remove }: Change & { kind: 'ticketTags' },
): string[] {
  const kept = tags.filter((id) => !remove.includes(id))
  return [...kept, ...add.filter((id) => !kept.includes(id))]
}

/** Applies all pending changes to what only an open ticket shows, until their events arrive. */
export function openWith(open: OpenTicket, mutations: readonly PendingMutation[]): OpenTicket {
  return mutations.flatMap(({ changes }) => changes).reduce(overlaid, open)
}

/** The edits of a resource, oldest first. */
export function editsOf(name: ResourceName, mutations: readonly PendingMutation[]): unknown[] {
  return mutations
    .flatMap(({ changes }) => changes)
    .flatMap((change) => (change.kind === 'resource' && change.name === name ? [change.edit] : []))
}

export function unconfirmedComments(mutations: readonly PendingMutation[]): PendingComment[] {
  return unconfirmedChanges(mutations).flatMap((change) =>
    change.kind === 'comment' ? [change.comment] : [],
  )
}

function unconfirmedChanges(mutations: readonly PendingMutation[]): Change[] {
  return mutations.flatMap(({ confirmedAt, changes }) => (confirmedAt === undefined ? changes : []))
}

function overlaid(open: OpenTicket, change: Change): OpenTicket {
  if (isOfField(change) && !fields[change.kind].inRow)
    return { ...open, ticket: { ...open.ticket, [change.kind]: change.to } }
  switch (change.kind) {
    case 'watchers':
      return {
        ...open,
        ticket: { ...open.ticket, watchers: watchersWith(open.ticket.watchers, change) },
      }
    case 'confirmedComment': {
      const isThere = open.timeline.some(
        (item) => item.kind === 'comment' && item.comment.id === change.item.comment.id,
      )
      return isThere ? open : { ...open, timeline: [...open.timeline, change.item] }
    }
    case 'commentEdited':
      return withComment(open, change.commentId, (comment) => ({ ...comment, body: change.body }))
    case 'commentDeleted':
      return withComment(open, change.commentId, (comment) => ({
        ...comment,
        body: '',
        deletedAt: change.at,
      }))
    case 'attachmentAdded': {
      const others = open.attachments.filter(({ id }) => id !== change.attachment.id)
      return { ...open, attachments: [...others, change.attachment] }
    }
    case 'attachmentDeleted':
      return {
        ...open,
        attachments: open.attachments.filter(({ id }) => id !== change.attachmentId),
      }
    default:
      return open
  }
}

function watchersWith(
  watchers: readonly PersonRef[],
  change: Change & { kind: 'watchers' },
): PersonRef[] {
  if ('remove' in change) return watchers.filter(({ id }) => id !== change.remove)
  return watchers.some(({ id }) => id === change.add.id) ? [...watchers] : [...watchers, change.add]
}

function withComment(
  open: OpenTicket,
  id: string,
  edit: (comment: Comment) => Comment,
): OpenTicket {
  const timeline = open.timeline.map((item) =>
    item.kind === 'comment' && item.comment.id === id
      ? { ...item, comment: edit(item.comment) }
      : item,
  )
  return { ...open, timeline }
}
