import { sql } from 'kysely'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { withRetries } from '../log/change.ts'
import type { PushTarget } from './encrypt-push.ts'

/** Where the browser of a session receives messages. */
export interface PushSubscription extends PushTarget {
  endpoint: string
  /** The public key that it was made with. */
  key: string
  /** Messages name the ticket's title and who acted. */
  withText: boolean
}

/** Stores the subscription of a session in place of an earlier one. */
export async function savePushSubscription(
  db: Db,
  sessionId: string,
  { endpoint, p256dh, auth, key, withText }: PushSubscription,
): Promise<void> {
  await withRetries(db, () =>
    db.transaction().execute(async (tx) => {
      // A browser has one subscription, whichever session it was made in.
      await tx
        .deleteFrom('push_subscriptions')
        .where('endpoint', '=', endpoint)
        .where('session_id', '<>', sessionId)
        .execute()
      const { numAffectedRows = 0n } = await sql`
        insert into push_subscriptions (session_id, endpoint, p256dh, auth, key, with_text)
        select id, ${endpoint}, ${p256dh}, ${auth}, ${key}, ${withText} from sessions where id = ${sessionId} for key share
        on conflict (session_id) do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh,
          auth = excluded.auth, key = excluded.key, with_text = excluded.with_text, refused = 0`.execute(
        tx,
      )
      // The session has ended since it was checked.
      if (numAffectedRows === 0n) throw new DeskError('session.none')
    }),
  )
}

export async function deletePushSubscription(db: Db, sessionId: string): Promise<void> {
  await db.deleteFrom('push_subscriptions').where('session_id', '=', sessionId).execute()
}

/** Deletes the subscriptions that were made with another key than the desk's: push services refuse them for ever. */
export async function deleteForeign(db: Db, key: string): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('push_subscriptions')
    .where('key', '<>', key)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/** The devices of a person that are signed in and want messages. */
export function subscriptionsOf(db: Db, personId: string): Promise<Subscribed[]> {
  return db
    .selectFrom('push_subscriptions as push')
    .innerJoin('sessions as s', 's.id', 'push.session_id')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .select(['s.id as sessionId', 'push.endpoint', 'push.p256dh', 'push.auth', 'push.key'])
    .select('push.with_text as withText')
    .where('p.id', '=', personId)
    .where(sql<boolean>`p.active and s.expires_at > now()`)
    .execute()
}

export interface Subscribed extends PushSubscription {
  sessionId: string
}

/** How often in a row a push service may refuse a message until the subscription is deleted. */
const mostRefused = 5

/** The push service knows the subscription no more, or refuses its messages again and again. */
export async function noteRefused(db: Db, { sessionId, endpoint }: Subscribed, gone: boolean) {
  const ofDevice = { session_id: sessionId, endpoint }
  await db.transaction().execute(async (tx) => {
    const { refused } = (await tx
      .updateTable('push_subscriptions')
      .set((eb) => ({ refused: eb('refused', '+', 1) }))
      .where((eb) => eb.and(ofDevice))
      .returning('refused')
      .executeTakeFirst()) ?? { refused: 0 }
    if (!gone && refused < mostRefused) return
    await tx
      .deleteFrom('push_subscriptions')
      .where((eb) => eb.and(ofDevice))
      .execute()
  })
}

export async function noteTaken(db: Db, { sessionId }: Subscribed): Promise<void> {
  await db
    .updateTable('push_subscriptions')
    .set({ refused: 0 })
    .where('session_id', '=', sessionId)
    .where('refused', '>', 0)
    .execute()
}
