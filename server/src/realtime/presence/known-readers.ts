import { isStaff } from '@deskbell/contract'
import type { Reader } from '@deskbell/contract'
import type { LogFollower } from '../../log/follow-log.ts'
import type { LoggedEvent } from '../../log/logged-event.ts'

/** Who reads these tickets, as of a position of the log. Tickets that do not exist are missing. */
export interface ReadersAt {
  seq: number
  readers: ReadonlyMap<string, readonly string[]>
}

/**
 * Who may read which ticket, in memory: read once from the database and from then on kept by the log, so that the answer is
 * as new as what this node delivers.
 */
export interface KnownReaders {
  /** Undefined: it is not known yet. `learn` finds out. */
  mayRead(reader: Reader, ticketId: string): boolean | undefined
  /** Reads who reads these tickets, and then calls `onLearned`. After a failure they stay unknown. */
  learn(ticketIds: Iterable<string>): void
  onLearned(listener: (ticketIds: readonly string[]) => void): void
}

interface Known {
  /** Null: there is no such ticket. */
  people: readonly string[] | null
  seq: number
}

/** Enough for what is on the screens of thousands of people; what was not asked for longest is forgotten. */
const knownTickets = 20_000
const ticketsPerQuery = 1_000

export function createKnownReaders(parts: {
  follower: LogFollower
  readersOf: (ticketIds: readonly string[]) => Promise<ReadersAt>
  reportBug: (bug: unknown) => void
}): KnownReaders {
  const { follower, readersOf, reportBug } = parts
  const known = new Map<string, Known>()
  const wanted = new Set<string>()
  const listeners: ((ticketIds: readonly string[]) => void)[] = []
  let isReading = false

  function keep(ticketId: string, value: Known): void {
    known.delete(ticketId)
    known.set(ticketId, value)
    if (known.size <= knownTickets) return
    const [oldest] = known.keys()
    if (oldest !== undefined) known.delete(oldest)
  }

  function fold(event: LoggedEvent): void {
    const value = event.ticketId === null ? undefined : known.get(event.ticketId)
    if (value === undefined || value.seq >= event.seq) return
    if (namesReaders(event)) value.people = event.people
    else if (event.name !== 'access:gained') return
    else value.people = [...(value.people ?? []), ...event.people]
    value.seq = event.seq
  }

  async function read(): Promise<void> {
    isReading = true
    try {
      while (wanted.size > 0) await readSome([...wanted].slice(0, ticketsPerQuery))
    } catch (thrown) {
      wanted.clear()
      reportBug(thrown)
    } finally {
      isReading = false
    }
  }

  async function readSome(ids: readonly string[]): Promise<void> {
    const { seq, readers } = await readersOf(ids)
    for (const id of ids) {
      wanted.delete(id)
      keep(id, { people: readers.get(id) ?? null, seq })
    }
    // This node may have read further than the database's answer.
    for (const event of follower.recent()) fold(event)
    for (const listener of listeners) listener(ids)
  }

  follower.onEvents((events) => {
    for (const event of events) fold(event)
  })
  // The log may be another one afterwards.
  follower.onHealth((isHealthy) => {
    if (!isHealthy) known.clear()
  })

  return {
    mayRead(reader, ticketId) {
      const value = known.get(ticketId)
      if (value === undefined) return undefined
      keep(ticketId, value)
      if (value.people === null) return false
      return isStaff(reader.role) || value.people.includes(reader.id)
    },
    learn(ticketIds) {
      for (const id of ticketIds) wanted.add(id)
      if (!isReading && wanted.size > 0) void read()
    },
    onLearned: (listener) => void listeners.push(listener),
  }
}

/**
 * Whether `people` are all who raised or watch the event's ticket after it, but for those who gain it by the same change:
 * `access:gained` names them.
 */
export function namesReaders({ audience }: LoggedEvent): boolean {
  return audience === 'participants' || audience === 'staff'
}
