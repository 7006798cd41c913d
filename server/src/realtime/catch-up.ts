import { isStaff } from '@deskbell/contract'
import type { Reader } from '@deskbell/contract'
import { maySee } from '../log/audience.ts'
import type { LogFollower } from '../log/follow-log.ts'
import type { LoggedEvent, Portion } from '../log/logged-event.ts'
import { message } from './delivery.ts'
import type { Subscriber } from './subscriber.ts'
import type { OneWriteAdapter } from './one-write-adapter.ts'
import type { Connection, Outgoing } from './outgoing.ts'

interface CatchUpParts {
  adapter: OneWriteAdapter
  outgoing: Outgoing
  follower: LogFollower
  /** Of one person. */
  subscribersOf: (personId: string) => Iterable<Subscriber>
  /** Events that are in memory no more. */
  eventsAfter: (seq: number, portion: Portion) => Promise<LoggedEvent[]>
  /** Up to where the log is pruned. */
  logFloor: () => Promise<number>
  /** Of these tickets, those that a requester may see now; what they may not see any more is not replayed. */
  visibleTickets: (reader: Reader, ids: readonly string[]) => Promise<ReadonlySet<string>>
  reportBug: (bug: unknown) => void
}

const pageSize: Portion = { events: 200, bytes: 256 * 1024 }

/**
 * What all sockets of a person together may hold while they catch up. One that holds nothing gets its next event
 * regardless: with twenty sockets and the largest events this makes 4 MB.
 */
const heldPerPerson = 1024 * 1024

/** A socket that is full is looked at again after this time, then less and less often. */
const firstWaitMs = 10
const longestWaitMs = 500

/** Brings a socket that is behind up to the log's end, page by page and only as fast as it reads, then lets it go live. */
export function createCatchUp(parts: CatchUpParts) {
  const { adapter, outgoing, follower, eventsAfter, subscribersOf, logFloor, visibleTickets } =
    parts
  const enqueue = createQueues()

  function hasRoom(subscriber: Subscriber): boolean {
    const { conn } = subscriber.socket
    if (outgoing.heldBytes(conn) === 0) return true
    if (outgoing.isFull(conn)) return false
    let held = 0
    for (const { state, socket } of subscribersOf(subscriber.reader.id))
      if (state === 'behind') held += outgoing.heldBytes(socket.conn)
    return held < heldPerPerson
  }

  /** Nothing says that the kernel has taken what lies below Engine.IO, so it is looked at. */
  async function roomIn(subscriber: Subscriber): Promise<void> {
    for (let waitMs = firstWaitMs; subscriber.socket.connected && !hasRoom(subscriber); waitMs *= 2)
      await changeOf(subscriber.socket.conn, Math.min(waitMs, longestWaitMs))
  }

  /** Undefined when it is pruned meanwhile. */
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
      // Taken out by hand: to go on would be to lose.
      throw new Error(`The log has no event ${after + 1}.`)
    }
    // The rest of the node has not seen these yet; they come by the live way.
    return page.filter((event) => event.seq <= follower.position().seq)
  }

  function sendPage(subscriber: Subscriber, page: readonly LoggedEvent[], isShown: IsShown): void {
    for (const event of page) {
      if (!hasRoom(subscriber)) return
      subscriber.readUpTo = event.seq
      if (!maySee(event, subscriber.reader) || !isShown(event)) continue
      const args = message(event, subscriber.reader, subscriber.lastSent.seq, subscriber.replaying)
      subscriber.lastSent = { seq: event.seq, tag: event.tag }
      adapter.send([subscriber.socket], event.name, ...args)
    }
  }

  /** Who was connected all along gets what was theirs to see: only a replay asks what still is. */
  async function shownIn(page: readonly LoggedEvent[], subscriber: Subscriber): Promise<IsShown> {
    if (!subscriber.replaying || isStaff(subscriber.reader.role)) return () => true
    const ids = new Set(page.flatMap((event) => (isOfTicket(event) ? [event.ticketId] : [])))
    const visible = await visibleTickets(subscriber.reader, [...ids])
    return (event) => !isOfTicket(event) || visible.has(event.ticketId)
  }

  function goLive(subscriber: Subscriber): void {
    const position = follower.position()
    if (subscriber.lastSent.seq !== position.seq) {
      subscriber.socket.emit('sync:position', { ...position, after: subscriber.lastSent.seq })
      subscriber.lastSent = position
    }
    subscriber.state = 'live'
    subscriber.replaying = false
  }

  /** False when there is nothing to go on from. */
  async function sendNext(subscriber: Subscriber): Promise<boolean> {
    const page = await nextPage(subscriber.readUpTo)
    if (page === undefined) return false
    sendPage(subscriber, page, await shownIn(page, subscriber))
    return true
  }

  async function serve(subscriber: Subscriber): Promise<void> {
    while (subscriber.socket.connected) {
      if (subscriber.readUpTo >= follower.position().seq) return goLive(subscriber)
      await roomIn(subscriber)
      // One page of a person's at a time is in memory, and one connection to the database is busy with it.
      const hasMore = await enqueue(subscriber.reader.id, () => sendNext(subscriber))
      // The client comes back, and resynchronises.
      if (!hasMore) subscriber.socket.conn.close()
    }
  }

  return function catchUp(subscriber: Subscriber): void {
    serve(subscriber).catch((thrown: unknown) => {
      parts.reportBug(thrown)
      // The client comes back and resumes from what it was told last.
      subscriber.socket.conn.close()
    })
  }
}

type IsShown = (event: LoggedEvent) => boolean

/** Whether an event is for who sees its ticket, rather than for certain people. */
function isOfTicket(event: LoggedEvent): event is LoggedEvent & { ticketId: string } {
  return event.ticketId !== null && event.audience !== 'people'
}

/** When Engine.IO has handed on what it held, the connection has ended, or so much time has passed. */
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

/** Runs what it is given one after the other for each key, in the order in which it came. */
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
