import type { Db } from '../database/types.ts'
import type { FileStore } from './file-store.ts'
import { removeFiles } from './remove-files.ts'

/** Longer than any upload takes, from the first byte to the row. */
const youngMs = 24 * 3_600_000
const batchSize = 1_000

/** Contents without a row: the process ended between storing or forgetting one and the other. */
export async function sweepFiles(
  db: Db,
  files: FileStore,
  now: number = Date.now(),
): Promise<void> {
  const birth = await birthOf(db)
  // What is older than everyone in this database belongs to another one: the folder or the address was mistaken.
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

/** When the first person came. */
async function birthOf(db: Db): Promise<number | undefined> {
  const first = await db
    .selectFrom('people')
    .select('created_at')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return first && Date.parse(first.created_at)
}

/** A UUIDv7 begins with the milliseconds of its making. */
function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
