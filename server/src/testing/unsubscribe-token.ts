import type { EmailReason } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { createUnsubscribeTokens } from '../email/unsubscribe-tokens.ts'

/** The tokens that a desk makes. */
export async function unsubscribeTokens(db: Db) {
  const { secret } = await db.selectFrom('device_secret').select('secret').executeTakeFirstOrThrow()
  return createUnsubscribeTokens(secret)
}

/** The token in an e-mail to a person. */
export async function unsubscribeToken(
  db: Db,
  personId: string,
  reason: EmailReason = 'mentioned',
): Promise<string> {
  return (await unsubscribeTokens(db)).make(personId, reason)
}
