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
      .selectFrom('storage_use as u')
      .innerJoin('people as p', 'p.id', 'u.person_id')
      .select(['p.id', 'p.name', 'p.role', 'p.active', 'u.bytes', 'u.files'])
      .where('u.files', '>', 0)
      .orderBy('u.bytes', 'desc')
      .orderBy('p.id')
      .limit(peopleShown)
      .execute()
    return {
      database: all.database,
      files: { bytes: all.bytes, count: all.count, quota: limits.total },
      people: most.map(({ bytes, files, ...person }) => ({
        person: personRef(person),
        bytes,
        count: files,
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
