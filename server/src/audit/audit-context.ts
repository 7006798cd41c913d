import type { AuditChannel, AuditKind } from '@deskbell/contract'

export interface AuditActor {
  id: string
  sessionId: string | null
}

export interface NewAuditEntry {
  kind: AuditKind
  /** The actor, if it is not that of the context. */
  actor?: AuditActor
  /** The person whose account, text or file it is about. */
  subjectId?: string | null
  ticketId?: string
  /** Flat and short. Never a text that people wrote, and never a secret. */
  details?: Record<string, string | number | boolean>
  commentId?: string
  /** The comment's text before. */
  text?: string
}

/** A written entry, with its actor. */
export type RecordedEntry = Omit<NewAuditEntry, 'actor'> & { actor: AuditActor | null }

/** Where a change comes from, for the audit log. Every function that changes something gets it. */
export interface AuditContext {
  via: AuditChannel
  /** The person who is signed in. */
  actor: AuditActor | null
  address: string | null
  device: string | null
  /** Called with each entry after its commit. */
  report(entry: RecordedEntry): void
  /** Counts a failure, which has no transaction. However many there are, only a few entries a minute are written. */
  countFailure(kind: AuditKind, subjectId: string | null): void
}

/** For changes that no request asks for. */
export const serverContext: AuditContext = {
  via: 'server',
  actor: null,
  address: null,
  device: null,
  report() {},
  countFailure() {},
}
