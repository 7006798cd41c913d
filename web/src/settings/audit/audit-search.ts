import { auditKinds } from '@deskbell/contract'
import type { AuditKind } from '@deskbell/contract'

/** The filter of the audit log in the URL. */
export interface AuditSearch {
  kind?: AuditKind
  person?: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads the URL and leaves out values that it does not understand. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const read: AuditSearch = {}
  const { kind, person } = search
  if (isAuditKind(kind)) read.kind = kind
  if (typeof person === 'string' && uuid.test(person)) read.person = person
  return read
}

export function isAuditKind(kind: unknown): kind is AuditKind {
  return typeof kind === 'string' && kind in auditKinds
}
