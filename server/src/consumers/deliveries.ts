import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { later, now } from '../database/now.ts'
import type { Tx } from '../database/types.ts'
import { consumerLimits } from './consumer.ts'
import type { Delivered, Delivery, NewDelivery } from './consumer.ts'
import { bounded, recordFailure } from './failures.ts'

/** A delivery of which an attempt is under way. */
export interface Claimed extends Delivery {
  key: string
  createdAt: string
}

export async function addDeliveries(
  tx: Tx,
  consumer: string,
  wanted: readonly NewDelivery[],
): Promise<void> {
  const gathered = Map.groupBy(wanted, ({ key }) => key)
  if (gathered.size === 0) return
  if (await isFull(tx, consumer)) {
    const details = { deliveries: gathered.size, keys: [...gathered.keys()].slice(0, 100) }
    await recordFailure(tx, consumer, { reason: 'Too many deliveries wait already.', details })
    return
  }
  const rows = [...gathered].map(([key, deliveries]) => ({
    id: uuidv7(),
    consumer,
    key,
    items: JSON.stringify(deliveries.slice(0, consumerLimits.items).map(({ item }) => item)),
    due_at: later(Math.min(...deliveries.map(({ dueInMs }) => dueInMs))),
  }))
  const total = sql`jsonb_array_length(deliveries.items) + jsonb_array_length(excluded.items)`
  await tx
    .insertInto('deliveries')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['consumer', 'key'])
        // As the index has it: of a value that comes later PostgreSQL cannot tell that it is the index's.
        .where(sql<boolean>`attempts = 0`)
        .doUpdateSet({
          items: sql`case when ${total} <= ${consumerLimits.items}
            then deliveries.items || excluded.items else deliveries.items end`,
          due_at: sql`least(deliveries.due_at, excluded.due_at)`,
        }),
    )
    .execute()
}

async function isFull(tx: Tx, consumer: string): Promise<boolean> {
  const last = await tx
    .selectFrom('deliveries')
    .select('id')
    .where('consumer', '=', consumer)
    .offset(consumerLimits.deliveries)
    .limit(1)
    .executeTakeFirst()
  return last !== undefined
}

/** Begins an attempt of the deliveries that are due. They are due again later, in case this node dies. */
export async function claimDue(tx: Tx, consumer: string, count: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update deliveries set attempts = attempts + 1, due_at = ${now} + least(
      ${consumerLimits.longestRetryMs}, ${consumerLimits.retryMs} * 2 ^ least(attempts, 20)) * interval '1 millisecond'
    where id in (
      select id from deliveries where consumer = ${consumer} and due_at <= ${now} order by due_at limit ${count} for update)
    returning id, key, items, created_at as "createdAt"`.execute(tx)
  return rows
}

/** Ends an attempt: the delivery is gone, has failed, or waits for its next attempt. */
export async function endAttempt(
  tx: Tx,
  consumer: string,
  { id, key, items, createdAt }: Claimed,
  outcome: Delivered,
  awayMs: number,
): Promise<void> {
  if (outcome.kind === 'done') {
    await tx.deleteFrom('deliveries').where('id', '=', id).execute()
    return
  }
  const { reason } = outcome
  if (outcome.kind === 'refused' || (await isTooOld(tx, createdAt, outcome.kind))) {
    await tx.deleteFrom('deliveries').where('id', '=', id).execute()
    await recordFailure(tx, consumer, { reason, details: { delivery: id, key, items } })
    return
  }
  const problem = bounded(reason)
  // What finds its receiver away is as good as not tried.
  const set =
    outcome.kind === 'retry'
      ? { problem }
      : { problem, due_at: later(awayMs), attempts: sql<number>`greatest(1, attempts - 1)` }
  await tx.updateTable('deliveries').set(set).where('id', '=', id).execute()
}

async function isTooOld(tx: Tx, createdAt: string, kind: 'retry' | 'away'): Promise<boolean> {
  const ms = kind === 'retry' ? consumerLimits.giveUpMs : consumerLimits.giveUpAwayMs
  const { old } = await tx
    .selectNoFrom(
      sql<boolean>`${createdAt}::timestamptz < ${now} - ${ms} * interval '1 millisecond'`.as('old'),
    )
    .executeTakeFirstOrThrow()
  return old
}
