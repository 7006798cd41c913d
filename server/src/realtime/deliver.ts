import { isStaff } from '@deskbell/contract'
import type { Meta, Reader } from '@deskbell/contract'
import { isParticipant, maySee } from '../events/audience.ts'
import type { LogFollower } from '../events/follow-log.ts'
import { render } from '../events/logged-event.ts'
import type { LoggedEvent } from '../events/logged-event.ts'
import type { DeskSocket } from './desk-server.ts'
import type { Feed } from './feed.ts'
import type { OneWriteAdapter } from './one-write-adapter.ts'
import type { Outgoing } from './outgoing.ts'

/** Sends committed events to the sockets they are for. */
export interface Delivery {
  add(feed: Feed): void
  remove(feed: Feed): void
  feeds(): Iterable<Feed>
  feedsOf(personId: string): ReadonlySet<Feed>
  /** Tells every live socket where the log is, also those for which there was nothing. */
  tellPositions(): void
}

interface DeliveryParts {
  adapter: OneWriteAdapter
  outgoing: Outgoing
  follower: LogFollower
  /** Serves a socket that is behind until it is live. */
  catchUp: (feed: Feed) => void
  /** Called for each event sent, with the number of sockets it went to. */
  sent: (event: LoggedEvent, sockets: number) => void
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const { adapter, outgoing, follower, catchUp, sent } = parts
  const all = new Set<Feed>()
  const staff = new Set<Feed>()
  const byPerson = new Map<string, Set<Feed>>()

  function* candidates(event: LoggedEvent): Iterable<Feed> {
    if (event.audience === 'others') return yield* all
    if (event.audience !== 'people') yield* staff
    for (const id of event.people) {
      for (const feed of byPerson.get(id) ?? []) {
        if (event.audience === 'people' || !staff.has(feed)) yield feed
      }
    }
  }

  function deliver(event: LoggedEvent): void {
    const position = { seq: event.seq, tag: event.tag }
    // Readers of one kind who were told the same last position get the very same bytes, encoded once.
    const groups = new Map<number, { sockets: DeskSocket[]; reader: Reader; after: number }>()
    let count = 0
    for (const feed of candidates(event)) {
      if (feed.state !== 'live' || !maySee(event, feed.reader)) continue
      if (outgoing.isFull(feed.socket.conn)) {
        feed.state = 'behind'
        feed.scanned = event.seq - 1
        catchUp(feed)
        continue
      }
      const { reader } = feed
      const kind = (isStaff(reader.role) ? 2 : 0) + (isParticipant(event, reader) ? 1 : 0)
      const key = feed.told.seq * 4 + kind
      let group = groups.get(key)
      if (group === undefined) {
        group = { sockets: [], reader, after: feed.told.seq }
        groups.set(key, group)
      }
      group.sockets.push(feed.socket)
      feed.told = position
      count += 1
    }
    for (const { sockets, reader, after } of groups.values()) {
      adapter.send(sockets, event.name, ...message(event, reader, after))
    }
    sent(event, count)
    if (event.name === 'session:ended') closeSessions(event)
  }

  function closeSessions(event: LoggedEvent): void {
    const { personId, sessionIds } = event.data as { personId: string; sessionIds: string[] }
    for (const feed of byPerson.get(personId) ?? []) {
      if (sessionIds.includes(feed.sessionId)) feed.socket.disconnect(true)
    }
  }

  follower.onEvents((events) => {
    try {
      for (const event of events) deliver(event)
    } catch (thrown) {
      // Who got what is not known any more. They come back and resume from what did reach them.
      for (const feed of all) feed.socket.conn.close()
      throw thrown
    }
    for (const feed of all) if (feed.state === 'live') feed.scanned = follower.position().seq
  })

  return {
    add(feed) {
      all.add(feed)
      if (isStaff(feed.reader.role)) staff.add(feed)
      const own = byPerson.get(feed.reader.id) ?? new Set()
      byPerson.set(feed.reader.id, own.add(feed))
    },
    remove(feed) {
      all.delete(feed)
      staff.delete(feed)
      const own = byPerson.get(feed.reader.id)
      own?.delete(feed)
      if (own?.size === 0) byPerson.delete(feed.reader.id)
    },
    feeds: () => all,
    feedsOf: (personId) => byPerson.get(personId) ?? new Set(),
    tellPositions() {
      const position = follower.position()
      const groups = new Map<number, DeskSocket[]>()
      for (const feed of all) {
        if (feed.state !== 'live' || outgoing.isFull(feed.socket.conn)) continue
        const sockets = groups.get(feed.told.seq) ?? []
        groups.set(feed.told.seq, sockets)
        sockets.push(feed.socket)
        feed.told = position
      }
      for (const [after, sockets] of groups)
        adapter.send(sockets, 'sync:position', { ...position, after })
    },
  }
}

/** An event as one kind of reader gets it: `(data, meta)`. */
export function message(
  event: LoggedEvent,
  reader: Reader,
  after: number,
  replayed = false,
): [data: Record<string, unknown>, meta: Meta] {
  const { data, version } = render(event, isStaff(reader.role))
  // Whoever may not see a ticket is not told either who did something to it.
  const { actor, commandId } =
    event.audience === 'others' ? { actor: null, commandId: null } : event
  return [
    data,
    {
      seq: event.seq,
      tag: event.tag,
      after,
      version,
      actor,
      at: event.at,
      ...(commandId === null ? {} : { commandId }),
      ...(isParticipant(event, reader) ? { participant: true } : {}),
      ...(replayed ? { replayed } : {}),
    },
  ]
}
