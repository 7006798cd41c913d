import type { Attachment, Body, FieldName, FieldValue, PersonRef } from '@deskbell/contract'
import { ApiError, unknownFormatError } from '../api-error.ts'
import type { FieldEdit, NewComment } from '../types.ts'

/** What a change is based on: a version that was shown, or the number of the event that it takes back. */
export interface Base {
  version?: number
  undoes?: number
}

/** A change that is kept until the server has it, as plain data: it may be sent by another tab, or by a later version. */
export type KeptChange =
  | { kind: 'createTicket'; input: Omit<Body<'createTicket'>, 'id'> }
  | {
      kind: 'addComment'
      comment: NewComment
      /** Its files that the server has. */
      files: readonly Attachment[]
      /** The entries of its other files: it is sent after them. */
      uploads: readonly string[]
      at: string
    }
  /** `commentId`: the comment with which the file comes; null for a file of the ticket itself. */
  | {
      kind: 'attach'
      file: Blob & { name?: string }
      internal: boolean
      commentId: string | null
    }
  | {
      kind: 'changeField'
      name: FieldName
      to: FieldValue<FieldName>
      base: Base
      /** The comment with which it was made: without it, the change is discarded. */
      after?: string
    }
  | { kind: 'editTicket'; edit: FieldEdit; base: Base }
  | {
      kind: 'setTags'
      add: readonly string[]
      remove: readonly string[]
      /** The tags on the ticket that stand for the removed ones. */
      hidden: readonly string[]
      base: Pick<Base, 'undoes'>
    }
  | { kind: 'watch'; person: PersonRef }
  | { kind: 'unwatch'; personId: string }
  /** Stored by another version of Deskbell, and never sent: what somebody wrote, as far as it can be found. */
  | { kind: 'unknown'; text: string }

export type KeptKind = KeptChange['kind']
export type KeptChangeOf<K extends KeptKind> = Extract<KeptChange, { kind: K }>

/** Why the server, or this client, did not take a change. */
export interface Refusal {
  code: ApiError['code']
  message: string
  status: number
  details: unknown
  /** Ms since 1970. */
  at: number
  /** Items of the ticket up to this `order` wait for the decision. */
  upTo: number
}

/** One kept change. */
export interface OutboxEntry {
  /** Its Idempotency-Key: the id of a comment or a new ticket. */
  id: string
  schema: typeof schema
  personId: string
  ticketId: string
  /** The ticket's number, unless it is a new one. */
  number?: number
  change: KeptChange
  /** When it was made, in ms since 1970: keys live 30 days. */
  madeAt: number
  /** Entries of a ticket are sent in this order. */
  order: number
  refusal?: Refusal
}

/** The version of this format. */
export const schema = 1

export function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Partial<Record<keyof OutboxEntry, unknown>>
  const texts = [entry.id, entry.personId, entry.ticketId]
  return (
    entry.schema === schema &&
    texts.every((text) => typeof text === 'string') &&
    typeof entry.madeAt === 'number' &&
    typeof entry.order === 'number' &&
    isKnownChange(entry.change)
  )
}

const known: Record<Exclude<KeptKind, 'unknown'>, true> = {
  createTicket: true,
  addComment: true,
  attach: true,
  changeField: true,
  editTicket: true,
  setTags: true,
  watch: true,
  unwatch: true,
}

function isKnownChange(change: unknown): boolean {
  if (typeof change !== 'object' || change === null || !('kind' in change)) return false
  return typeof change.kind === 'string' && Object.hasOwn(known, change.kind)
}

/** The comment after one of its files is stored as `attachment`, or was discarded. */
export function withoutUpload(
  change: KeptChangeOf<'addComment'>,
  uploadId: string,
  attachment: Attachment | undefined,
): KeptChangeOf<'addComment'> {
  const uploads = change.uploads.filter((id) => id !== uploadId)
  if (attachment === undefined || !change.uploads.includes(uploadId)) return { ...change, uploads }
  const { comment, files } = change
  const attachmentIds = [...comment.attachmentIds, attachment.id]
  return {
    ...change,
    comment: { ...comment, attachmentIds },
    files: [...files, attachment],
    uploads,
  }
}

export function refusalOf(
  { code, message, status, details }: ApiError,
  at: number,
  upTo: number,
): Refusal {
  return { code, message, status, details, at, upTo }
}

export function errorOf({ code, message, status, details }: Refusal): ApiError {
  return new ApiError(code, message, status, details)
}

/** What was stored in a format that this version does not know: it waits for a decision. */
export function unknownEntry(value: unknown, personId: string): OutboxEntry {
  const found = new Map<string, unknown>(Object.entries(value ?? {}))
  const madeAt = Number(found.get('madeAt')) || 0
  return {
    id: String(found.get('id')),
    schema,
    personId,
    ticketId: String(found.get('ticketId')),
    change: { kind: 'unknown', text: textsIn(found.get('change')).join('\n\n') },
    madeAt,
    order: madeAt,
    refusal: refusalOf(unknownFormatError(), madeAt, madeAt),
  }
}

const written = ['title', 'description', 'body', 'to']

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    typeof part === 'string' ? (written.includes(name) ? [part] : []) : textsIn(part),
  )
}
