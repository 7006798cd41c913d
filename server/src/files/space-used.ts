import { sql } from 'kysely'
import { limits } from '@deskbell/contract'
import type { Quotas } from '../config.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'

export interface SpaceUsed {
  /** Bytes and number of one person's files, and the bytes of everyone's. */
  own: number
  ownFiles: number
  all: number
}

export function spaceUsed(db: Db | Tx, personId: string): Promise<SpaceUsed> {
  const own = sql`filter (where person_id = ${personId})`
  return db
    .selectFrom('storage_use')
    .select([
      sql<number>`coalesce(sum(bytes) ${own}, 0)::bigint`.as('own'),
      sql<number>`coalesce(sum(files) ${own}, 0)::integer`.as('ownFiles'),
      sql<number>`coalesce(sum(bytes), 0)::bigint`.as('all'),
    ])
    .executeTakeFirstOrThrow()
}

export function refuseOverQuota(used: SpaceUsed, quotas: Quotas): void {
  if (used.own > quotas.perPerson || used.ownFiles > limits.filesPerPerson) {
    throw new DeskError('storage.quota')
  }
  if (used.all > quotas.total) throw new DeskError('storage.full')
}
