import type { Reader, TicketLooks } from '@deskbell/contract'
import type { Clock } from '../../log/clock.ts'
import type { LogFollower } from '../../log/follow-log.ts'

/** Tells everyone who has a ticket open who has looked at it, as far as they may know. */
export interface LooksChannel {
  /** A client has opened a ticket that it may read. */
  opened(ticketId: string, clientId: string): void
  /** A client is gone. */
  left(clientId: string): void
  stop(): void
}

/** A client that has a ticket open. */
export interface Viewer {
  /** That of its socket. */
  id: string
  reader: Reader
}

/** The looks of tickets as of a position, for each reader. */
export interface ReadLooks {
  (
    ticketIds: readonly string[],
    personIds: readonly string[],
  ): Promise<(ticketId: string, reader: Reader) => TicketLooks | undefined>
}

interface Parts {
  follower: Pick<LogFollower, 'onEvents'>
  /** Who has the ticket open and may read it, now. */
  viewersOf: (ticketId: string) => readonly Viewer[]
  openTickets: () => Iterable<string>
  read: ReadLooks
  isFull: (clientId: string) => boolean
  /** Tells these clients the same. */
  tell: (clientIds: readonly string[], looks: TicketLooks) => void
  clock: Clock
  reportBug: (bug: unknown) => void
}

const tickMs = 250
/** The longest pause between two tries to read. */
const mostPauseMs = 30_000
const ticketsPerQuery = 100

export function createLooksChannel(parts: Parts): LooksChannel {
  const { follower, viewersOf, openTickets, read, isFull, tell, clock, reportBug } = parts
  /** The tickets of which somebody is to be told, and who: these clients, or all who have it open. */
  const due = new Map<string, Set<string> | 'all'>()
  /** What each client was told last. */
  const told = new Map<string, string>()
  let endTick: (() => void) | undefined
  let isReading = false
  /** Reads that failed in a row. */
  let failures = 0

  function tickLater(): void {
    if (due.size === 0 || isReading) return
    const pauseMs = Math.min(tickMs * 2 ** failures, mostPauseMs)
    endTick ??= clock.after(pauseMs, () => void tick())
  }

  function changed(ticketId: string): void {
    if (viewersOf(ticketId).length === 0) return
    due.set(ticketId, 'all')
    tickLater()
  }

  function opened(ticketId: string, clientId: string): void {
    const clients = due.get(ticketId) ?? new Set()
    if (clients !== 'all') due.set(ticketId, clients.add(clientId))
    tickLater()
  }

  async function tick(): Promise<void> {
    endTick = undefined
    isReading = true
    const asked = new Map<string, ReadonlySet<string>>()
    for (const [id, clients] of [...due].slice(0, ticketsPerQuery)) {
      due.delete(id)
      const all = () => new Set(viewersOf(id).map((viewer) => viewer.id))
      asked.set(id, clients === 'all' ? all() : clients)
    }
    // Whoever opens the ticket meanwhile is told later: the answer says nothing of them.
    const viewers = (ticketId: string) =>
      viewersOf(ticketId).filter(({ id }) => asked.get(ticketId)?.has(id))
    try {
      const ids = [...asked.keys()]
      const people = ids.flatMap(viewers).map(({ reader }) => reader.id)
      const looksFor = await read(ids, [...new Set(people)])
      failures = 0
      for (const id of ids) tellOf(id, viewers(id), looksFor)
    } catch (thrown) {
      for (const id of asked.keys()) due.set(id, 'all')
      failures += 1
      if (failures === 1) reportBug(thrown)
    }
    isReading = false
    tickLater()
  }

  function tellOf(
    ticketId: string,
    viewers: readonly Viewer[],
    looksFor: Awaited<ReturnType<ReadLooks>>,
  ): void {
    const messages = new Map<string, { ids: string[]; looks: TicketLooks }>()
    for (const viewer of viewers) {
      const looks = looksFor(ticketId, viewer.reader)
      if (looks === undefined) continue
      if (isFull(viewer.id)) {
        opened(ticketId, viewer.id)
        continue
      }
      const { seq: _seq, ...shown } = looks
      const text = JSON.stringify(shown)
      // What a reader may not know of is no message either.
      if (told.get(viewer.id) === text) continue
      told.set(viewer.id, text)
      const message = messages.get(text) ?? { ids: [], looks }
      messages.set(text, message)
      message.ids.push(viewer.id)
    }
    for (const { ids, looks } of messages.values()) tell(ids, looks)
  }

  follower.onEvents((events) => {
    const isOfPerson = events.some(
      ({ name }) => name === 'person:settingsChanged' || name === 'person:changed',
    )
    if (isOfPerson) for (const id of openTickets()) changed(id)
    for (const { ticketId } of events) if (ticketId !== null) changed(ticketId)
  })

  return {
    opened,
    left: (clientId) => void told.delete(clientId),
    stop: () => endTick?.(),
  }
}
