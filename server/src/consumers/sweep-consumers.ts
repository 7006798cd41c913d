import { sql } from 'kysely'
import type { Tx } from '../database/types.ts'
import { heldForConsumersMs } from '../log/prune-log.ts'
import { consumerLimits } from './consumer.ts'

/** Deletes old failures, and consumers that no node runs any more. */
export async function sweepConsumers(tx: Tx): Promise<void> {
  await sql`delete from consumers where ran_at < now() - ${heldForConsumersMs} * interval '1 millisecond'`.execute(
    tx,
  )
  await sql`
    delete from consumer_failures f using consumers c
    where f.consumer = c.name and (
      f.at < now() - ${consumerLimits.failuresMs} * interval '1 millisecond'
      or f.id <= (
        select id from consumer_failures newer where newer.consumer = c.name
        order by id desc offset ${consumerLimits.failures} limit 1))`.execute(tx)
}
