import type { Db } from '../database/types.ts'
import type { FileStore } from './file-store.ts'
import { removeFiles } from './remove-files.ts'

/** Longer than any upload takes, from its first byte to its row. */
const youngMs = 24 * 3_600_000
const batchSize = 1_000

/** Removes contents without a row: the process ended after it stored the content or deleted the row. */
export async function sweepFiles(
  db: Db,
  files: FileStore,
  now: number = Date.now(),
): Promise<void> {
  const birth = await birthOf(db)
  // A file older than every person in this database belongs to another database: the folder or DATABASE_URL is wrong.
  if (birth === undefined) return
  const old = (await files.ids()).filter((id) => madeAt(id) > birth && now - madeAt(id) > youngMs)
  const orphans: string[] = []
  for (let start = 0; start < old.length; start += batchSize) {
    const ids = old.slice(start, start + batchSize)
    const rows = await db.selectFrom('attachments').select('id').where('id', 'in', ids).execute()
    const known = new Set(rows.map((row) => row.id))
    orphans.push(...ids.filter((id) => !known.has(id)))
  }
  await removeFiles(files, orphans)
}

/** The time of the first account. */
async function birthOf(db: Db): Promise<number | undefined> {
  const first = await db
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
