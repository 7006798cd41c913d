import type { AuditChannel, AuditKind } from '@deskbell/contract'
import type { RecordedEntry } from './record-audit.ts'

export interface AuditActor {
  id: string
  sessionId: string | null
}

/** Where a change comes from, as the audit log records it. Passed to everything that changes something. */
export interface AuditContext {
  via: AuditChannel
  /** Who is signed in. */
  actor: AuditActor | null
  address: string | null
  device: string | null
  /** Called with each entry once it is committed. */
  report(entry: RecordedEntry): void
  /** For what failed, and so has no transaction: at most a few entries a minute are written, whatever comes. */
  countFailure(kind: AuditKind, subjectId: string | null): void
}

/** For what no request asks for. */
export const serverContext: AuditContext = {
  via: 'server',
  actor: null,
  address: null,
  device: null,
  report() {},
  countFailure() {},
}
