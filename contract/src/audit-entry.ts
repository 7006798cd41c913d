import { z } from 'zod'
import { auditChannels } from './audit.ts'
import { Id, PersonRef, Time } from './people.ts'

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
  /** What the browser says it is. */
  device: z.string().nullable(),
  sessionId: Id.nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** The words before a correction; null also once their comment was removed. */
  text: z.string().nullable(),
})
