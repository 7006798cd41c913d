import { z } from 'zod'
import { auditChannels, auditKinds } from './audit.ts'
import type { AuditKind } from './audit.ts'
import { GivenId, Id, PersonRef, Time } from './people.ts'
import { limits } from './limits.ts'

/** A person as the audit log names them. The address distinguishes people who had the same name. */
const AuditPerson = PersonRef.extend({ email: z.string() })

export const AuditEntry = z.strictObject({
  /** A newer entry has a higher number. */
  id: z.int(),
  at: Time,
  /** One of `auditKinds`, or a kind that a later version wrote. */
  kind: z.string(),
  via: z.enum(auditChannels),
  /**
   * The person who acted; null for someone who is not signed in, for a command on the server and for the server
   * itself.
   */
  actor: AuditPerson.nullable(),
  /** The person whose account, words or file the entry is about. */
  subject: AuditPerson.nullable(),
  ticket: z.strictObject({ id: Id, number: z.int() }).nullable(),
  commentId: Id.nullable(),
  address: z.string().nullable(),
  /** The browser and its operating system: “Firefox on Windows”. */
  device: z.string().nullable(),
  sessionId: Id.nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** The text before a correction; null also once the comment was removed. */
  text: z.string().nullable(),
})

const kinds = Object.keys(auditKinds) as [AuditKind, ...AuditKind[]]

const filter = {
  kind: z.enum(kinds).optional(),
  /** The id of a person who acted, or whose account, words or file the entry is about. */
  person: GivenId.optional(),
}

export const AuditFilter = z.strictObject(filter)

export const AuditQuery = z.strictObject({
  ...filter,
  /** `next` of the page before. */
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).default(limits.pageSize),
})
