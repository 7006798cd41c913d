import { sql } from 'kysely'
import type { NotificationReason } from '@deskbell/contract'
import type { Consumer, Delivered } from '../consumers/consumer.ts'
import type { Db, Tx } from '../database/types.ts'
import { noteRefused, noteTaken, subscriptionsOf } from './push-subscriptions.ts'
import { pushTitle } from './push-title.ts'
import { sendPush } from './send-push.ts'
import type { PushMessage, PushOutcome, PushSender } from './send-push.ts'

export interface PushParts extends PushSender {
  db: Db
  /** Whether the person has a page of the desk open. */
  isConnected: (personId: string) => Promise<boolean>
}

interface Item {
  personId: string
  ticketId: string
  seq: number
}

/** An open page tells them first. What they have not seen after this time, in ms, finds them on their devices. */
const connectedMs = 30_000
/** A page that just closed may come back: a reload, a restart of the server. */
const awayMs = 5_000

/** Tells people's devices what concerns them and what they have not seen. */
export function pushConsumer({ db, isConnected, ...sender }: PushParts): Consumer {
  return {
    name: 'push',
    async take(tx, events) {
      const items = events.flatMap(({ seq, ticketId, notified }) =>
        ticketId === null
          ? []
          : Object.keys(notified ?? {}).map((personId) => ({ personId, ticketId, seq })),
      )
      const subscribed = await subscribedOf(tx, [...new Set(items.map(({ personId }) => personId))])
      const wanted = items.filter(({ personId }) => subscribed.has(personId))
      return Promise.all(
        wanted.map(async (item) => ({
          key: `${item.personId} ${item.ticketId}`,
          item,
          dueInMs: (await isConnected(item.personId)) ? connectedMs : awayMs,
        })),
      )
    },
    async deliver({ items }) {
      const newest = (items as readonly Item[]).reduce((one, other) =>
        one.seq > other.seq ? one : other,
      )
      const told = await unseen(db, newest)
      // It was seen, is done or snoozed, or is out of reach.
      if (told === undefined) return { kind: 'done' }
      const devices = await subscriptionsOf(db, newest.personId)
      const outcomes = await Promise.all(
        devices.map(async (device) => {
          const message = messageOf(newest, told, device.withText)
          const outcome = await sendPush(sender, device, message, { urgent: told.urgent })
          if (outcome.kind === 'taken') await noteTaken(db, device)
          if (outcome.kind === 'gone') await noteRefused(db, device, true)
          if (outcome.kind === 'refused') await noteRefused(db, device, false)
          return outcome
        }),
      )
      return deliveredOf(outcomes)
    },
  }
}

/** A device is told at most once: it is tried again only if no device was told. */
function deliveredOf(outcomes: readonly PushOutcome[]): Delivered {
  if (outcomes.some(({ kind }) => kind === 'taken')) return { kind: 'done' }
  for (const kind of ['later', 'refused'] as const) {
    const problem = outcomes.find((outcome) => outcome.kind === kind)
    if (problem !== undefined && problem.kind !== 'taken')
      return { kind: kind === 'later' ? 'retry' : 'refused', reason: problem.reason }
  }
  return { kind: 'done' }
}

async function subscribedOf(tx: Tx, people: readonly string[]): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set()
  const rows = await tx
    .selectFrom('push_subscriptions as push')
    .innerJoin('sessions as s', 's.id', 'push.session_id')
    .select('s.person_id as id')
    .where('s.person_id', 'in', people)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

interface Told {
  number: number
  title: string
  reason: NotificationReason
  urgent: boolean
  /** Who acted. Null: the system. */
  who: string | null
  /** How many tickets have something unread. */
  unread: number
}

/** What to say of the newest event, while it is unread and neither done nor snoozed. */
async function unseen(db: Db, { personId, ticketId, seq }: Item): Promise<Told | undefined> {
  const { rows } = await sql<Told>`
    select t.number, t.title, e.notified -> ${personId} ->> 'reason' as reason,
      t.priority = 'urgent' as urgent, e.actor -> 'person' ->> 'name' as who,
      (select count(*)::integer from inbox o
        where o.person_id = ${personId} and o.is_unread and o.snoozed_until is null) as unread
    from inbox n
    join tickets t on t.id = n.ticket_id
    join events e on e.seq = ${seq}
    where n.person_id = ${personId} and n.ticket_id = ${ticketId} and n.is_unread and n.snoozed_until is null
      and n.notification -> 'unread' @> to_jsonb(${seq}::bigint)
      and e.notified ? ${personId}`.execute(db)
  return rows[0]
}

function messageOf({ ticketId, seq }: Item, told: Told, withText: boolean): PushMessage {
  return {
    ticketId,
    number: told.number,
    title: pushTitle(told),
    body: withText ? told.title : '',
    seq,
    unread: told.unread,
  }
}
