import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import { sweepAudit } from './audit/sweep-audit.ts'
import { LeaseLostError } from './database/lease.ts'
import type { Write } from './database/lease.ts'
import type { Tx } from './database/types.ts'
import { sweepConsumers } from './consumers/sweep-consumers.ts'
import { pruneLog } from './log/prune-log.ts'
import type { FileStore } from './files/file-store.ts'
import { removeFiles } from './files/remove-files.ts'
import { sweepFiles } from './files/sweep-files.ts'
import { sweepSessions } from './people/sessions.ts'
import { sweepDrafts, sweepTexts } from './tickets/sweep-drafts.ts'

export const sweepEveryMs = 3_600_000

/**
 * Deletes expired data: runs all parts. A part that fails is reported and tried again an hour later; the others still
 * run, unless the lease of the transactions is lost.
 */
export async function sweep(
  write: Write,
  files: FileStore,
  reportBug: (bug: unknown) => void,
): Promise<void> {
  const parts = [
    async () => removeFiles(files, await write(sweepDrafts)),
    () => write(sweepTexts),
    () => sweepFiles(write, files),
    () => write(sweepSessions),
    () => write(sweepIdempotencyKeys),
    () => write(sweepAudit),
    () => write(sweepConsumers),
    () => pruneLog(write),
  ]
  for (const part of parts) {
    await part().catch((thrown: unknown) => {
      if (thrown instanceof LeaseLostError) throw thrown
      reportBug(thrown)
    })
  }
}

async function sweepIdempotencyKeys(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where(
      'created_at',
      '<',
      sql<string>`now() - ${limits.idempotencyMs} * interval '1 millisecond'`,
    )
    .execute()
}
