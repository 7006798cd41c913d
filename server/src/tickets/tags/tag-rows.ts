import { sql } from 'kysely'
import { mayManageTags } from '@deskbell/contract'
import type { Position, Reader, Tag } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { snapshot } from '../../log/log-position.ts'

function tagRows(db: Db | Tx, reader: Reader) {
  return db
    .selectFrom('tags')
    .select(['id', 'name', 'color', 'internal', 'archived', 'merged_into as mergedInto'])
    .$if(mayManageTags(reader), (query) => query.select('used'))
    .$if(!mayManageTags(reader), (query) => query.where('internal', '=', false))
    .orderBy('id')
}

/** All tags that the reader may see. */
export function readTags(db: Db, reader: Reader): Promise<{ tags: Tag[] } & Position> {
  return snapshot(db, async (tx) => ({ tags: await tagRows(tx, reader).execute() }))
}

export async function readTag(
  db: Db,
  reader: Reader,
  id: string,
): Promise<{ item: Tag } & Position> {
  const { item, ...position } = await findTag(db, reader, id)
  if (item === null) throw new DeskError('not.found')
  return { item, ...position }
}

/** `item` is null when there is no such tag, or not any more. */
export function findTag(
  db: Db,
  reader: Reader,
  id: string,
): Promise<{ item: Tag | null } & Position> {
  return snapshot(db, async (tx) => {
    const item = await tagRows(tx, reader).where('id', '=', id).executeTakeFirst()
    return { item: item ?? null }
  })
}

/** Some tags, also in place of which others stand. Callers are staff, and hold the tags lock. */
export function tagsById(tx: Tx, ids: readonly string[]): Promise<Tag[]> {
  const staff = { id: '', role: 'admin' } as const
  return tagRows(tx, staff)
    .where('id', 'in', [...ids])
    .execute()
}

/**
 * Locks all tags: shared by a change that puts tags on a ticket, alone by a change of tags. So a tag is not archived or
 * merged while it is added, and of two changes of tags one sees the other.
 */
export async function lockTags(tx: Tx, how: 'shared' | 'alone'): Promise<void> {
  const lock = sql.raw(how === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  await sql`select ${lock}(hashtext('deskbell tags'))`.execute(tx)
}
