import { isStaff, notificationReasons } from '@deskbell/contract'
import type { DeskEvent, Reader } from '@deskbell/contract'
import { isParticipant, maySee, noticeFor } from '../log/audience.ts'
import type { LogFollower } from '../log/follow-log.ts'
import { render } from '../log/logged-event.ts'
import type { LoggedEvent } from '../log/logged-event.ts'
import type { DeskSocket } from './desk-server.ts'
import type { Dispatch, Subscriber } from './subscriber.ts'
import type { Outgoing } from './outgoing.ts'
import { writeMessage } from './write-message.ts'

/** Sends committed events to the subscribers that may see them. */
export interface Delivery {
  add(subscriber: Subscriber): void
  remove(subscriber: Subscriber): void
  subscribers(): Iterable<Subscriber>
  subscribersOf(personId: string): ReadonlySet<Subscriber>
  /** Sends every live socket the position of the log, also if no event was for it. */
  tellPositions(): void
}

interface DeliveryParts {
  outgoing: Outgoing
  follower: LogFollower
  dispatch: Dispatch
  /** Called for each event, with the number of sockets that it was sent to. */
  sent: (event: LoggedEvent, sockets: number) => void
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const { outgoing, follower, dispatch, sent } = parts
  const all = new Set<Subscriber>()
  const staff = new Set<Subscriber>()
  const byPerson = new Map<string, Set<Subscriber>>()

  function* candidates(event: LoggedEvent): Iterable<Subscriber> {
    if (event.audience === 'others' || event.audience === 'everyone') return yield* all
    if (event.audience !== 'people') yield* staff
    for (const id of event.people) {
      for (const subscriber of byPerson.get(id) ?? []) {
        if (event.audience === 'people' || !staff.has(subscriber)) yield subscriber
      }
    }
  }

  function deliver(event: LoggedEvent): void {
    const position = { seq: event.seq, tag: event.tag }
    // Subscribers that see the same content after the same last position get the same bytes, encoded once.
    const groups = new Map<number, { sockets: DeskSocket[]; reader: Reader; after: number }>()
    let count = 0
    for (const subscriber of candidates(event)) {
      if (subscriber.state !== 'live' || !maySee(event, subscriber.reader)) continue
      if (outgoing.isFull(subscriber.socket.conn)) {
        subscriber.readUpTo = event.seq - 1
        dispatch(subscriber, 'filled')
        continue
      }
      const { reader } = subscriber
      const key = subscriber.lastSent.seq * kinds + kindOf(event, reader)
      let group = groups.get(key)
      if (group === undefined) {
        group = { sockets: [], reader, after: subscriber.lastSent.seq }
        groups.set(key, group)
      }
      group.sockets.push(subscriber.socket)
      subscriber.lastSent = position
      count += 1
    }
    for (const { sockets, reader, after } of groups.values()) {
      writeMessage(sockets, message(event, reader, after))
    }
    sent(event, count)
    if (event.name === 'session:ended') closeSessions(event)
  }

  function closeSessions({ data: { personId, sessionIds } }: LoggedEvent<'session:ended'>): void {
    for (const subscriber of byPerson.get(personId) ?? []) {
      if (sessionIds.includes(subscriber.sessionId)) subscriber.socket.disconnect(true)
    }
  }

  follower.onEvents((events) => {
    try {
      for (const event of events) deliver(event)
    } catch (thrown) {
      // It is unknown which sockets got which event. All clients reconnect and resume from their cursors.
      for (const subscriber of all) dispatch(subscriber, 'cutOff')
      throw thrown
    }
    for (const subscriber of all)
      if (subscriber.state === 'live') subscriber.readUpTo = follower.position().seq
  })

  return {
    add(subscriber) {
      all.add(subscriber)
      if (isStaff(subscriber.reader.role)) staff.add(subscriber)
      const own = byPerson.get(subscriber.reader.id) ?? new Set()
      byPerson.set(subscriber.reader.id, own.add(subscriber))
    },
    remove(subscriber) {
      all.delete(subscriber)
      staff.delete(subscriber)
      const own = byPerson.get(subscriber.reader.id)
      own?.delete(subscriber)
      if (own?.size === 0) byPerson.delete(subscriber.reader.id)
    },
    subscribers: () => all,
    subscribersOf: (personId) => byPerson.get(personId) ?? new Set(),
    tellPositions() {
      const position = follower.position()
      const groups = new Map<number, DeskSocket[]>()
      for (const subscriber of all) {
        if (subscriber.state !== 'live' || outgoing.isFull(subscriber.socket.conn)) continue
        const sockets = groups.get(subscriber.lastSent.seq) ?? []
        groups.set(subscriber.lastSent.seq, sockets)
        sockets.push(subscriber.socket)
        subscriber.lastSent = position
      }
      for (const [after, sockets] of groups)
        writeMessage(sockets, { name: 'sync:position', data: { ...position, after } })
    },
  }
}

const kinds = 2 * 2 * 3 * (notificationReasons.length + 1)

/** Readers of one kind get the same content. */
function kindOf(event: LoggedEvent, reader: Reader): number {
  const { reason, snooze } = noticeFor(event, reader) ?? {}
  const why = reason === undefined ? 0 : 1 + notificationReasons.indexOf(reason)
  const sleep = snooze === undefined ? 0 : snooze === 'on' ? 1 : 2
  const place = (why * 3 + sleep) * 2 + (isStaff(reader.role) ? 1 : 0)
  return place * 2 + (isParticipant(event, reader) ? 1 : 0)
}

/** An event as this kind of reader gets it. */
export function message(
  event: LoggedEvent,
  reader: Reader,
  after: number,
  replayed = false,
): DeskEvent {
  const { data, version } = render(event, isStaff(reader.role))
  // A reader who may not see a ticket does not learn who changed it either.
  const { actor, commandId } =
    event.audience === 'others' ? { actor: null, commandId: null } : event
  return {
    name: event.name,
    data,
    meta: {
      seq: event.seq,
      tag: event.tag,
      after,
      version,
      actor,
      at: event.at,
      ...(commandId === null ? {} : { commandId }),
      ...(isParticipant(event, reader) ? { participant: true } : {}),
      ...noticeFor(event, reader),
      ...(replayed ? { replayed } : {}),
    },
    // The log stores the data of an event in parts; `render` puts them together.
  } as DeskEvent
}
