import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import { sweepAudit } from './audit/sweep-audit.ts'
import type { Db } from './database/types.ts'
import { pruneLog } from './log/prune-log.ts'
import type { FileStore } from './files/file-store.ts'
import { removeFiles } from './files/remove-files.ts'
import { sweepFiles } from './files/sweep-files.ts'
import { sweepSessions } from './people/sessions.ts'
import { sweepDrafts } from './tickets/sweep-drafts.ts'

const everyMs = 3_600_000

/** Deletes expired data once an hour. Several nodes may run every part at once. */
export function startSweeping(
  db: Db,
  files: FileStore,
  reportBug: (bug: unknown) => void,
): () => void {
  const timer = setInterval(() => void sweep(db, files, reportBug), everyMs)
  return () => clearInterval(timer)
}

/** Runs all parts. A part that fails is reported and tried again an hour later; the others still run. */
export async function sweep(
  db: Db,
  files: FileStore,
  reportBug: (bug: unknown) => void,
): Promise<void> {
  const parts = [
    async () => removeFiles(files, await sweepDrafts(db)),
    () => sweepFiles(db, files),
    () => sweepSessions(db),
    () => sweepIdempotencyKeys(db),
    () => sweepAudit(db),
    () => pruneLog(db),
  ]
  for (const part of parts) await part().catch(reportBug)
}

async function sweepIdempotencyKeys(db: Db): Promise<void> {
  await db
    .deleteFrom('idempotency_keys')
    .where(
      'created_at',
      '<',
      sql<string>`now() - ${limits.idempotencyMs} * interval '1 millisecond'`,
    )
    .execute()
}
