import { sql } from 'kysely'
import type { Tx } from '../database/types.ts'
import { consumerLimits } from './consumer.ts'

interface Failure {
  reason: string
  details: Record<string, unknown>
}

/** Adds to the list of what a consumer did not deliver or take in. */
export async function recordFailure(
  tx: Tx,
  consumer: string,
  { reason, details }: Failure,
): Promise<void> {
  await tx
    .insertInto('consumer_failures')
    .values({ consumer, reason: bounded(reason), details: JSON.stringify(details) })
    .execute()
  await tx
    .updateTable('consumers')
    .set({ failed: sql`failed + 1` })
    .where('name', '=', consumer)
    .execute()
}

/** One line without control characters: servers of others say what they like. */
export function bounded(reason: string): string {
  return reason
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, consumerLimits.reasonLength)
    .toWellFormed()
}
