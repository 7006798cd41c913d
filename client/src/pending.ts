import type {
  Attachment,
  Body,
  Comment,
  Me,
  PersonRef,
  Priority,
  Status,
  TicketRow,
  TimelineItem,
} from '@deskbell/contract'
import type { OpenTicket } from './fold-ticket.ts'
import type { PendingComment, PendingField } from './types.ts'

/** What a command changes, as it is shown before the server says so. */
export type Change =
  | { kind: 'title' | 'description'; to: string }
  | { kind: 'status'; to: Status }
  | { kind: 'priority'; to: Priority }
  | { kind: 'assignee'; to: PersonRef | null }
  | { kind: 'watchers'; add: PersonRef }
  | { kind: 'watchers'; remove: string }
  | { kind: 'comment'; comment: PendingComment }
  | { kind: 'confirmedComment'; item: TimelineItem & { kind: 'comment' } }
  | { kind: 'commentEdited'; commentId: string; body: string }
  | { kind: 'commentDeleted'; commentId: string; at: string }
  | { kind: 'attachmentAdded'; attachment: Attachment }
  | { kind: 'attachmentDeleted'; attachmentId: string }
  | { kind: 'seen'; to: number }
  | { kind: 'me'; edit: Body<'editMe'> }

/** A change of this tab's that is not part of what is confirmed. */
export interface Command {
  /** Its Idempotency-Key. */
  readonly key: string
  /** The ticket's id, or `me`. */
  readonly about: string
  readonly changes: readonly Change[]
  /** Position of the reply that confirmed it, while its events are still on their way. */
  readonly acceptedAt: number | undefined
}

export function seenWith(seen: number, commands: readonly Command[]): number {
  const marks = commands
    .flatMap(({ changes }) => changes)
    .map((change) => (change.kind === 'seen' ? change.to : 0))
  return Math.max(seen, ...marks)
}

export function pendingFields(commands: readonly Command[]): PendingField[] {
  const kinds = unconfirmedChanges(commands).map(({ kind }) => kind)
  return fields.filter((field) => kinds.includes(field))
}

const fields = [
  'title',
  'description',
  'status',
  'priority',
  'assignee',
  'watchers',
] as const satisfies readonly PendingField[]

/** A row with what is not confirmed over it. What a reply confirmed is in the row already. */
export function rowWith<R extends TicketRow>(row: R, commands: readonly Command[]): R {
  return unconfirmedChanges(commands).reduce((shown, change) => {
    switch (change.kind) {
      case 'title':
        return { ...shown, title: change.to }
      case 'status':
        return { ...shown, status: change.to }
      case 'priority':
        return { ...shown, priority: change.to }
      case 'assignee':
        return { ...shown, assignee: change.to }
      default:
        return shown
    }
  }, row)
}

/** What only an open ticket shows, with everything over it that its events have not brought yet. */
export function openWith(open: OpenTicket, commands: readonly Command[]): OpenTicket {
  return commands.flatMap(({ changes }) => changes).reduce(overlaid, open)
}

export function meWith(me: Me, commands: readonly Command[]): Me {
  return commands
    .flatMap(({ changes }) => changes)
    .reduce((shown, change) => (change.kind === 'me' ? edited(shown, change.edit) : shown), me)
}

function edited(me: Me, { name, settings }: Body<'editMe'>): Me {
  return { ...me, name: name ?? me.name, settings: { theme: settings?.theme ?? me.settings.theme } }
}

export function unconfirmedComments(commands: readonly Command[]): PendingComment[] {
  return unconfirmedChanges(commands).flatMap((change) =>
    change.kind === 'comment' ? [change.comment] : [],
  )
}

function unconfirmedChanges(commands: readonly Command[]): Change[] {
  return commands.flatMap(({ acceptedAt, changes }) => (acceptedAt === undefined ? changes : []))
}

function overlaid(open: OpenTicket, change: Change): OpenTicket {
  switch (change.kind) {
    case 'description':
      return { ...open, ticket: { ...open.ticket, description: change.to } }
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
