import type { Logger } from 'pino'
import { auditKinds } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { isDatabaseAway } from '../database/is-database-away.ts'
import type { AuditActor, AuditContext } from './audit-context.ts'
import { createFailureCounter } from './failure-counter.ts'
import type { FailureCounterOptions } from './failure-counter.ts'
import { recordAudit } from './record-audit.ts'
import type { NewAuditEntry, RecordedEntry } from './audit-context.ts'

/** Where a request comes from. */
export interface RequestSource {
  actor: AuditActor | null
  address: string | null
  /** The network that failures are counted by: see networkOf. */
  network: string | null
  device: string | null
}

/** The audit log of a running server. Entries are also lines of the server's log. */
export interface Audit {
  contextOf(source: RequestSource): AuditContext
  /** Writes the failures that are counted but not written yet. */
  stop(): Promise<void>
}

interface AuditOptions extends Partial<FailureCounterOptions> {
  db: Db
  log: Logger
  reportBug: (bug: unknown) => void
}

export function createAudit({ db, log, reportBug, ...options }: AuditOptions): Audit {
  const failures = createFailureCounter(writeFailure, options)

  function report(context: AuditContext, entry: RecordedEntry): void {
    const { kind, actor, subjectId, ticketId, commentId, details } = entry
    const { via, address } = context
    const level = refusals.has(kind) ? 'warn' : 'info'
    // Texts that people wrote stay out of the server's log: they could not be removed from it.
    const line = { security: kind, via, actor, subjectId, ticketId, commentId, address, details }
    log[level](line, auditKinds[kind])
  }

  /** A failure is a line of the server's log even if the database is away. */
  async function writeFailure(context: AuditContext, entry: NewAuditEntry): Promise<void> {
    context.report({ ...entry, actor: context.actor })
    try {
      await db.transaction().execute((tx) => recordAudit(tx, context, entry))
    } catch (thrown) {
      if (!isDatabaseAway(thrown)) reportBug(thrown)
    }
  }

  return {
    contextOf({ actor, address, network, device }) {
      const context: AuditContext = {
        via: 'app',
        actor,
        address,
        device,
        report: (entry) => report(context, entry),
        countFailure: (kind, subjectId) => failures.count({ kind, subjectId, network, context }),
      }
      return context
    },
    stop: failures.stop,
  }
}

const refusals: ReadonlySet<string> = new Set(['signIn.failed', 'password.refused'])
