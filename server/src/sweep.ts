import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Db } from './database/types.ts'
import { pruneLog } from './events/prune-log.ts'
import type { FileStore } from './files/file-store.ts'
import { sweepFiles } from './files/sweep-files.ts'
import { sweepSessions } from './people/sessions.ts'
import { sweepDrafts } from './tickets/sweep-drafts.ts'

const everyMs = 3_600_000

/** Once an hour, what nobody can use any more goes. Every part of it may run on several nodes at once. */
export function startSweeping(
  db: Db,
  files: FileStore,
  reportBug: (bug: unknown) => void,
): () => void {
  const timer = setInterval(() => void sweep(db, files).catch(reportBug), everyMs)
  return () => clearInterval(timer)
}

export async function sweep(db: Db, files: FileStore): Promise<void> {
  for (const id of await sweepDrafts(db)) await files.remove(id)
  await sweepFiles(db, files)
  await sweepSessions(db)
  await db
    .deleteFrom('commands')
    .where(
      'created_at',
      '<',
      sql<string>`now() - ${limits.idempotencyMs} * interval '1 millisecond'`,
    )
    .execute()
  await pruneLog(db)
}
