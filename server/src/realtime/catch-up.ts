import { isStaff } from '@deskbell/contract'
import type { Reader } from '@deskbell/contract'
import { maySee } from '../log/audience.ts'
import type { LogFollower } from '../log/follow-log.ts'
import type { LoggedEvent, Portion } from '../log/logged-event.ts'
import { message } from './delivery.ts'
import type { Dispatch, Subscriber } from './subscriber.ts'
import type { Connection, Outgoing } from './outgoing.ts'
import { writeMessage } from './write-message.ts'

interface CatchUpParts {
  outgoing: Outgoing
  follower: LogFollower
  /** The subscribers of one person. */
  subscribersOf: (personId: string) => Iterable<Subscriber>
  /** Reads events from the log that are no longer in memory. */
  eventsAfter: (seq: number, portion: Portion) => Promise<LoggedEvent[]>
  /** The number up to which the log is pruned. */
  logFloor: () => Promise<number>
  /** The given tickets that a requester may see now. Events of the others are not replayed. */
  visibleTickets: (reader: Reader, ids: readonly string[]) => Promise<ReadonlySet<string>>
  dispatch: Dispatch
}

const pageSize: Portion = { events: 200, bytes: 256 * 1024 }

/**
 * Limit on the bytes that the sockets of one person together hold while they catch up. A socket that holds nothing gets
 * its next event anyway: with twenty sockets and the largest events this makes 4 MB.
 */
const heldPerPerson = 1024 * 1024

/** A full socket is checked again after this time, then less and less often. */
const firstWaitMs = 10
const longestWaitMs = 500

/**
 * The effects that catch a subscriber up to the end of the log, page by page and only as fast as its socket reads, and
 * then make it live.
 */
export function createCatchUp(parts: CatchUpParts) {
  const { outgoing, follower, eventsAfter, subscribersOf, logFloor, visibleTickets, dispatch } =
    parts
  const enqueue = createQueues()

  function hasRoom(subscriber: Subscriber): boolean {
    const { conn } = subscriber.socket
    if (outgoing.heldBytes(conn) === 0) return true
    if (outgoing.isFull(conn)) return false
    let held = 0
    for (const { state, socket } of subscribersOf(subscriber.reader.id))
      if (state === 'behind' || state === 'paging') held += outgoing.heldBytes(socket.conn)
    return held < heldPerPerson
  }

  /** Waits until the socket has room. It polls: no event reports that the kernel took what lies below Engine.IO. */
  async function roomIn(subscriber: Subscriber): Promise<void> {
    for (let waitMs = firstWaitMs; subscriber.socket.connected && !hasRoom(subscriber); waitMs *= 2)
      await changeOf(subscriber.socket.conn, Math.min(waitMs, longestWaitMs))
  }

  /** The page after a number. Undefined: it was pruned. */
  async function nextPage(after: number): Promise<readonly LoggedEvent[] | undefined> {
    const recent = follower.recent()
    const [oldest] = recent
    if (oldest !== undefined && oldest.seq <= after + 1) {
      const start = after + 1 - oldest.seq
      return recent.slice(start, start + pageSize.events)
    }
    const page = await eventsAfter(after, pageSize)
    if (page[0]?.seq !== after + 1) {
      if ((await logFloor()) > after) return undefined
      // Someone deleted the event by hand: going on would lose it.
      throw new Error(`The log has no event ${after + 1}.`)
    }
    // Leaves out events that this node's follower has not read yet: they come with live delivery.
    return page.filter((event) => event.seq <= follower.position().seq)
  }

  function sendPage(subscriber: Subscriber, page: readonly LoggedEvent[], isShown: IsShown): void {
    for (const event of page) {
      if (!hasRoom(subscriber)) return
      subscriber.readUpTo = event.seq
      if (!maySee(event, subscriber.reader) || !isShown(event)) continue
      const { socket, reader, lastSent, replaying } = subscriber
      subscriber.lastSent = { seq: event.seq, tag: event.tag }
      writeMessage([socket], message(event, reader, lastSent.seq, replaying))
    }
  }

  /**
   * Which events of a page to send. A subscriber that stayed connected gets every event that its reader could see at
   * the time; a replay leaves out tickets that the reader can no longer see.
   */
  async function shownIn(page: readonly LoggedEvent[], subscriber: Subscriber): Promise<IsShown> {
    if (!subscriber.replaying || isStaff(subscriber.reader.role)) return () => true
    const ids = new Set(page.flatMap((event) => (isOfTicket(event) ? [event.ticketId] : [])))
    const visible = await visibleTickets(subscriber.reader, [...ids])
    return (event) => !isOfTicket(event) || visible.has(event.ticketId)
  }

  function sendPosition(subscriber: Subscriber): void {
    const position = follower.position()
    if (subscriber.lastSent.seq !== position.seq) {
      subscriber.socket.emit('sync:position', { ...position, after: subscriber.lastSent.seq })
      subscriber.lastSent = position
    }
    subscriber.replaying = false
  }

  /** Sends the next page. False: it was pruned, so the subscriber cannot continue. */
  async function sendNext(subscriber: Subscriber): Promise<boolean> {
    const page = await nextPage(subscriber.readUpTo)
    if (page === undefined) return false
    sendPage(subscriber, page, await shownIn(page, subscriber))
    return true
  }

  return {
    catchUp(subscriber: Subscriber): void {
      if (subscriber.readUpTo >= follower.position().seq) return dispatch(subscriber, 'caughtUp')
      roomIn(subscriber)
        .then(() => dispatch(subscriber, 'gotRoom'))
        .catch((thrown: unknown) => dispatch(subscriber, 'failed', thrown))
    },
    sendPage(subscriber: Subscriber): void {
      // Per person, only one page is in memory at a time, and only one database connection is busy with it.
      enqueue(subscriber.reader.id, () => sendNext(subscriber))
        .then((isThere) => dispatch(subscriber, isThere ? 'gotPage' : 'cutOff'))
        .catch((thrown: unknown) => dispatch(subscriber, 'failed', thrown))
    },
    sendPosition,
  }
}

type IsShown = (event: LoggedEvent) => boolean

/** Whether an event is for the people who may see its ticket, and not for certain people only. */
function isOfTicket(event: LoggedEvent): event is LoggedEvent & { ticketId: string } {
  return event.ticketId !== null && event.audience !== 'people'
}

/** Resolves when Engine.IO has passed on its buffer, when the connection has ended, or after `waitMs`. */
function changeOf(connection: Connection, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    function done(): void {
      connection.off('drain', done)
      connection.off('close', done)
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    connection.on('drain', done)
    connection.on('close', done)
  })
}

/** Runs the functions of each key one after the other, in order of arrival. */
function createQueues() {
  const last = new Map<string, Promise<unknown>>()
  return async function enqueue<T>(key: string, run: () => Promise<T>): Promise<T> {
    const result = (last.get(key) ?? Promise.resolve()).then(run)
    const done = result.catch(() => undefined)
    last.set(key, done)
    await done
    if (last.get(key) === done) last.delete(key)
    return result
  }
}
