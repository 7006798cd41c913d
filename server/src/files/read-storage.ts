import { sql } from 'kysely'
import { maySeeStorage } from '@deskbell/contract'
import type { Reader, Reply } from '@deskbell/contract'
import type { StorageLimits } from '../config.ts'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { snapshot } from '../log/log-position.ts'
import { personRef } from '../access/actor.ts'
import { diskSpace } from './disk-space.ts'

/** People below these use too little to fill a disk. */
const peopleShown = 20

/**
 * The bytes of each person's texts, as the database stores them, with those that edits left in the history. Every text
 * has its size in front, so none is read: 0.2 s for 100,000 comments.
 */
const textUse = sql<{ person_id: string; bytes: number }>`(
  select person_id, sum(bytes) as bytes from (
    select creator_id as person_id, pg_column_size(title) + pg_column_size(description) as bytes from tickets
    union all select author_id, pg_column_size(body) from comments
    union all select actor_id, pg_column_size(data) from timeline where kind = 'updated'
  ) as texts group by person_id
)`.as('t')

/** Reads what uses the space, for super admins. The disk is read a moment after the database. */
export async function readStorage(
  db: Db,
  reader: Reader,
  directory: string,
  limits: StorageLimits,
): Promise<Reply<'storage'>> {
  if (!maySeeStorage(reader)) throw new DeskError('forbidden')
  const used = await snapshot(db, async (tx) => {
    const all = await tx
      .selectFrom('storage_use')
      .select([
        sql<number>`coalesce(sum(bytes), 0)::bigint`.as('bytes'),
        sql<number>`coalesce(sum(files), 0)::bigint`.as('count'),
        sql<number>`pg_database_size(current_database())`.as('database'),
      ])
      .executeTakeFirstOrThrow()
    const most = await tx
      .selectFrom('people as p')
      .leftJoin('storage_use as u', 'u.person_id', 'p.id')
      .leftJoin(textUse, (join) => join.onRef('t.person_id', '=', 'p.id'))
      .select(['p.id', 'p.name', 'p.role', 'p.active', 'p.color'])
      .select([
        sql<number>`coalesce(u.bytes, 0)::bigint`.as('bytes'),
        sql<number>`coalesce(u.files, 0)`.as('files'),
        sql<number>`coalesce(t.bytes, 0)::bigint`.as('text'),
      ])
      .where(sql`coalesce(u.files, 0) + coalesce(t.bytes, 0)`, '>', 0)
      .orderBy(sql`coalesce(u.bytes, 0) + coalesce(t.bytes, 0)`, 'desc')
      .orderBy('p.id')
      .limit(peopleShown)
      .execute()
    return {
      database: all.database,
      files: { bytes: all.bytes, count: all.count, quota: limits.total },
      people: most.map(({ bytes, files, text, ...person }) => ({
        person: personRef(person),
        bytes,
        count: files,
        text,
      })),
    }
  })
  const { total, free } = await diskSpace(directory)
  return {
    ...used,
    disk: { total, free, reserve: limits.reserve },
    quotaPerPerson: limits.perPerson,
  }
}
