import type { Write } from '../database/lease.ts'
import type { Tx } from '../database/types.ts'
import type { FileStore } from './file-store.ts'
import { removeFiles } from './remove-files.ts'

/** Longer than any upload takes, from its first byte to its row. */
const youngMs = 24 * 3_600_000
const batchSize = 1_000

/** Removes contents without a row: the process ended after it stored the content or deleted the row. */
export async function sweepFiles(
  write: Write,
  files: FileStore,
  now: number = Date.now(),
): Promise<void> {
  const birth = await write(birthOf)
  // A file older than every person in this database belongs to another database: the folder or DATABASE_URL is wrong.
  if (birth === undefined) return
  const old = (await files.ids()).filter((id) => madeAt(id) > birth && now - madeAt(id) > youngMs)
  const orphans: string[] = []
  for (let start = 0; start < old.length; start += batchSize) {
    const ids = old.slice(start, start + batchSize)
    const known = await write((tx) => knownAmong(tx, ids))
    orphans.push(...ids.filter((id) => !known.has(id)))
  }
  // An old content without a row never gets one, whoever removes it.
  await removeFiles(files, orphans)
}

async function knownAmong(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('attachments').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}

/** The time of the first account. */
async function birthOf(tx: Tx): Promise<number | undefined> {
  const first = await tx
    .selectFrom('people')
    .select('created_at')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return first && Date.parse(first.created_at)
}

/** A UUIDv7 begins with its creation time in milliseconds. */
function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
