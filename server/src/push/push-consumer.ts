import { sql } from 'kysely'
import type { NotificationReason } from '@deskbell/contract'
import type { Consumer, Delivered } from '../consumers/consumer.ts'
import type { Db, Tx } from '../database/types.ts'
import { noteRefused, noteTaken, subscriptionsOf } from './push-subscriptions.ts'
import type { Subscribed } from './push-subscriptions.ts'
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

/** A message that no service took by then is no news any more, in ms. */
const staleMs = 4 * 3_600_000
/** How long a service that did not answer is left alone; twice as long after each further time, up to the longest. */
const firstRestMs = 60_000
const longestRestMs = 30 * 60_000

/** Tells people's devices what concerns them and what they have not seen. */
export function pushConsumer({ db, isConnected, ...sender }: PushParts): Consumer {
  const resting = new Map<string, { until: number; ms: number }>()

  /** Sends to a device, unless its service rests: one that does not answer must not hold up the others. */
  async function sendTo(device: Subscribed, message: PushMessage, urgent: boolean) {
    const { host } = new URL(device.endpoint)
    const rest = resting.get(host)
    if (rest !== undefined && rest.until > performance.now())
      return { kind: 'later', reason: `${host} does not answer` } as const
    const outcome = await sendPush(sender, device, message, { urgent })
    if (outcome.kind !== 'unanswered') {
      resting.delete(host)
      return outcome
    }
    const ms = Math.min(longestRestMs, rest === undefined ? firstRestMs : rest.ms * 2)
    resting.set(host, { until: performance.now() + ms, ms })
    // Hosts are many where people make them up.
    const [oldest] = resting.keys()
    if (resting.size > 1_000 && oldest !== undefined) resting.delete(oldest)
    return outcome
  }

  return {
    name: 'push',
    async take(tx, events) {
      const items = events.flatMap(({ seq, ticketId, notified }) =>
        ticketId === null
          ? []
          : Object.keys(notified ?? {}).map((personId) => ({ personId, ticketId, seq })),
      )
      const subscribed = await subscribedOf(tx, [...new Set(items.map(({ personId }) => personId))])
      const waits = new Map<string, number>()
      for (const personId of subscribed)
        waits.set(personId, (await isConnected(personId)) ? connectedMs : awayMs)
      return items.flatMap((item) => {
        const dueInMs = waits.get(item.personId)
        const key = `${item.personId} ${item.ticketId}`
        return dueInMs === undefined ? [] : [{ key, item, dueInMs }]
      })
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
          const outcome = await sendTo(device, message, told.urgent)
          if (outcome.kind === 'taken') await noteTaken(db, device)
          if (outcome.kind === 'gone') await noteRefused(db, device, true)
          if (outcome.kind === 'refused' || outcome.kind === 'unanswered')
            await noteRefused(db, device, false)
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
  const late = outcomes.find(({ kind }) => kind === 'later' || kind === 'unanswered')
  const problem = late ?? outcomes.find(({ kind }) => kind === 'refused')
  if (problem === undefined || problem.kind === 'taken') return { kind: 'done' }
  return { kind: late === undefined ? 'refused' : 'retry', reason: problem.reason }
}

async function subscribedOf(tx: Tx, people: readonly string[]): Promise<string[]> {
  if (people.length === 0) return []
  const rows = await tx
    .selectFrom('push_subscriptions as push')
    .innerJoin('sessions as s', 's.id', 'push.session_id')
    .select('s.person_id as id')
    .distinct()
    .where('s.person_id', 'in', people)
    .execute()
  return rows.map(({ id }) => id)
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
      and not (n.notification ->> 'muted')::boolean
      and e.notified ? ${personId}
      and e.at > now() - ${staleMs} * interval '1 millisecond'`.execute(db)
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
