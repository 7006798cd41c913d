import { z } from 'zod'
import { auditChannels, auditKinds } from './audit.ts'
import type { AuditKind } from './audit.ts'
import { GivenId, Id, PersonRef, Time } from './people.ts'
import { limits } from './limits.ts'

/** A person as the audit log names them, with the address that tells apart people of one name. */
const AuditPerson = PersonRef.extend({ email: z.string() })

export const AuditEntry = z.strictObject({
  /** Newer entries have higher numbers. */
  id: z.int(),
  at: Time,
  /** One of `auditKinds`, or one that a later version has written. */
  kind: z.string(),
  via: z.enum(auditChannels),
  /** Who did it; null for someone who is not signed in, for a command on the server and for the server. */
  actor: AuditPerson.nullable(),
  /** Whose account, words or file it is about. */
  subject: AuditPerson.nullable(),
  ticket: z.strictObject({ id: Id, number: z.int() }).nullable(),
  commentId: Id.nullable(),
  address: z.string().nullable(),
  /** The browser and its system in words: “Firefox on Windows”. */
  device: z.string().nullable(),
  sessionId: Id.nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** The words before a correction; null also once their comment was removed. */
  text: z.string().nullable(),
})

const kinds = Object.keys(auditKinds) as [AuditKind, ...AuditKind[]]

const filter = {
  kind: z.enum(kinds).optional(),
  /** Who did it, or whose account, words or file it is about. */
  person: GivenId.optional(),
}

export const AuditFilter = z.strictObject(filter)

export const AuditQuery = z.strictObject({
  ...filter,
  /** `next` of the page before. */
  after: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).default(limits.pageSize),
})
