import { fields } from '@deskbell/contract'
import type { Body, FieldName, PersonRef, Position, Reply, TicketItem } from '@deskbell/contract'
import { unknownFormatError } from '../api-error.ts'
import { mergeRow } from '../cache/apply-replies.ts'
import type { Core } from '../core.ts'
import { onRow } from '../mutations/on-row.ts'
import type { Mutation } from '../mutations/mutation-queue.ts'
import type { Change } from '../mutations/pending-mutation.ts'
import { upload } from '../mutations/upload.ts'
import { fetchCreated } from '../resources/ticket.ts'
import type { AttachOptions } from '../types.ts'
import type { Base, KeptChange, KeptChangeOf, KeptKind, OutboxEntry } from './entry.ts'

type Known = Pick<OutboxEntry, 'ticketId'> & { id: string }
type RowReply = Position & { ticket: TicketItem | null }

/** What only the tab that makes a change can give: it stops an upload, and hears how far it is. */
export type Live = Pick<AttachOptions, 'signal' | 'progress'>

/** How one kind of kept change shows and is sent, whether it was made just now or read from the store. */
interface Kind<C> {
  changes(change: C, entry: Known): readonly Change[]
  send(core: Core, change: C, entry: Known, live: Live): (key: string) => Promise<Position>
  /** What of the ticket it changes: fields, tags. Later changes of the same follow from it. */
  touches?(change: C): readonly string[]
  /** The same change once the person has read the refusal: based on what the refusal shows. */
  insisted?(change: C, seen: { version: number | undefined }): C
  based?(change: C, on: number): C
}

const kinds: { [K in KeptKind]: Kind<KeptChangeOf<K>> } = {
  createTicket: {
    changes: () => [],
    send: ({ api }, { input }, { ticketId }) => {
      const body = { ...input, id: ticketId }
      return (key) => api.call('createTicket', { body, key })
    },
  },
  addComment: {
    changes: ({ comment: { seenVersion: _seenVersion, ...comment }, uploads, at }) => {
      const attachmentIds = [...comment.attachmentIds, ...uploads]
      return [{ kind: 'comment', comment: { ...comment, attachmentIds, at } }]
    },
    send: ({ api }, { comment }, { ticketId: id }) => {
      const body = { ...comment, attachmentIds: [...comment.attachmentIds] }
      return (key) => api.call('addComment', { params: { id }, body, key })
    },
    insisted: ({ comment, ...change }, { version: seenVersion }) => ({
      ...change,
      comment: { ...comment, ...(seenVersion !== undefined && { seenVersion }) },
    }),
  },
  attach: {
    changes: () => [],
    send: (core, { file, internal, commentId }, { ticketId }, live) => {
      const options = { ...live, internal, draft: commentId !== null }
      return (key) => upload(core, { ticketId, file, options, key })
    },
  },
  changeField: {
    changes: ({ name, to }) => [{ kind: name, to } as Change],
    send: ({ api }, { name, to, base }, { ticketId: id }) => {
      const value =
        name === 'assignee' ? { assigneeId: idOf(to as PersonRef | null) } : { [name]: to }
      const body = { ...value, ...base } as never
      return (key) => api.call(routes[fields[name].event], { params: { id }, body, key })
    },
    touches: ({ name }) => [name],
    insisted: rebased,
    based: movedOn,
  },
  editTicket: {
    changes: ({ edit }) => Object.entries(edit).map(([kind, to]) => ({ kind, to }) as Change),
    send: ({ api }, { edit, base }, { ticketId: id }) => {
      const body: Body<'editTicket'> = { ...edit, ...base }
      return (key) => api.call('editTicket', { params: { id }, body, key })
    },
    touches: ({ edit }) => Object.keys(edit),
    insisted: rebased,
    based: movedOn,
  },
  setTags: {
    changes: ({ add, hidden }) => [{ kind: 'ticketTags', add, remove: hidden }],
    send: ({ api }, { add, remove, base }, { ticketId: id }) => {
      const body = { add: [...add], remove: [...remove], ...base }
      return (key) => api.call('setTags', { params: { id }, body, key })
    },
    touches: ({ add, remove }) => [...add, ...remove],
    insisted: rebased,
    based: movedOn,
  },
  watch: {
    changes: ({ person }) => [{ kind: 'watchers', add: person }],
    send: ({ api }, { person }, { ticketId: id }) => {
      const params = { id, userId: person.id }
      return (key) => api.call('watch', { params, key })
    },
  },
  unwatch: {
    changes: ({ personId }) => [{ kind: 'watchers', remove: personId }],
    send: ({ api }, { personId }, { ticketId: id }) => {
      const params = { id, userId: personId }
      return (key) => api.call('unwatch', { params, key })
    },
  },
  unknown: {
    changes: () => [],
    send: () => () => Promise.reject(unknownFormatError()),
  },
}

/** The route of the fields with this event. */
const routes = {
  'ticket:updated': 'editTicket',
  'ticket:statusChanged': 'changeStatus',
  'ticket:priorityChanged': 'changePriority',
} as const

function kindOf({ kind }: KeptChange): Kind<KeptChange> {
  return kinds[kind] as Kind<KeptChange>
}

/** The mutation that shows and sends a kept change. */
export function mutationOf(
  core: Core,
  { id, ticketId, change }: OutboxEntry,
  live: Live = {},
): Mutation<Position> {
  const entry = { id, ticketId }
  const merge = onRow(core)
  return {
    targetId: ticketId,
    changes: kindOf(change).changes(change, entry),
    send: kindOf(change).send(core, change, entry, live),
    onReply(reply: RowReply, later) {
      if (change.kind === 'attach') return
      if (change.kind !== 'createTicket') return merge(reply, later)
      const { ticket, seq } = reply as Reply<'createTicket'>
      mergeRow(core.store, ticket, seq, later)
    },
    ...(change.kind === 'addComment' && { shownAfterReply: confirmedComment }),
    ...(change.kind === 'attach' && {
      shownAfterReply: (reply) => confirmedFile(reply as Reply<'attach'>, change),
      isConfirmedBy: ({ name }) => name === 'ticket:attachmentAdded',
    }),
  }
}

/** The server has it: the page of a new ticket that was open before loads now. */
export function arrived(core: Core, { ticketId, change }: OutboxEntry): void {
  if (change.kind === 'createTicket') fetchCreated(core, ticketId)
}

/** Whether two changes are of the same thing of a ticket. */
export function isOfSame(one: KeptChange, other: KeptChange): boolean {
  const touched = kindOf(one).touches?.(one) ?? []
  return (kindOf(other).touches?.(other) ?? []).some((name) => touched.includes(name))
}

/** The fields of the ticket that it changes. */
export function fieldsOf(change: KeptChange): (FieldName | 'tags')[] {
  if (change.kind === 'setTags') return ['tags']
  return (kindOf(change).touches?.(change) ?? []) as FieldName[]
}

/** The change once this person's earlier change of the same is confirmed as event `seq`. */
export function basedOn(change: KeptChange, seq: number): KeptChange {
  return kindOf(change).based?.(change, seq) ?? change
}

/** The change after its person read why it was refused, and insists. */
export function insistedOn(change: KeptChange, details: unknown): KeptChange {
  return kindOf(change).insisted?.(change, { version: versionIn(details) }) ?? change
}

/** A change offline names its base as what it takes back: the person's own later changes elsewhere count, too. */
function rebased<C extends { base: Base }>(
  change: C,
  { version }: { version: number | undefined },
): C {
  return version === undefined ? change : { ...change, base: { undoes: version } }
}

function movedOn<C extends { base: Base }>(change: C, on: number): C {
  const { undoes } = change.base
  return undoes === undefined || undoes >= on ? change : { ...change, base: { undoes: on } }
}

/** The version in the details of `ticket.changed` and `ticket.replied`. */
function versionIn(details: unknown): number | undefined {
  if (typeof details !== 'object' || details === null) return undefined
  if ('ticket' in details) return versionIn(details.ticket)
  return 'version' in details && typeof details.version === 'number' ? details.version : undefined
}

function confirmedComment(reply: Position): Change[] {
  const { comment, seq } = reply as Reply<'addComment'>
  const item = {
    kind: 'comment',
    seq,
    at: comment.createdAt,
    actor: { kind: 'person', person: comment.author },
    comment,
  } as const
  return [{ kind: 'confirmedComment', item }]
}

function confirmedFile(
  { attachment }: Reply<'attach'>,
  { commentId }: KeptChangeOf<'attach'>,
): Change[] {
  return commentId === null ? [{ kind: 'attachmentAdded', attachment }] : []
}

function idOf(person: PersonRef | null): string | null {
  return person?.id ?? null
}
