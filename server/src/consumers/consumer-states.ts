import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

export interface ConsumerState {
  name: string
  /** Events in the log that the consumer has not taken in. */
  lag: number
  /** Deliveries that wait. */
  waiting: number
  /** Deliveries and events that failed, and events that the log lost before, since the consumer first ran. */
  failed: number
  skipped: number
}

export async function consumerStates(db: Db): Promise<ConsumerState[]> {
  return db
    .selectFrom('consumers as c')
    .select([
      'c.name',
      'c.failed',
      'c.skipped',
      sql<number>`(select head from log) - c.seq`.as('lag'),
      sql<number>`(select count(*) from deliveries d where d.consumer = c.name)`.as('waiting'),
    ])
    .orderBy('c.name')
    .execute()
}
