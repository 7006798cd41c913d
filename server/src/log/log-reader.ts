import type { Position } from '@deskbell/contract'
import { bytesOf, isPortion } from './logged-event.ts'
import type { LoggedEvent, Portion } from './logged-event.ts'

/** The log, as a reader needs it. */
export interface Log {
  head(): Promise<Position>
  /** Events after a position, in order. Undefined: the log does not have that position. */
  eventsSince(position: Position, portion: Portion): Promise<LoggedEvent[] | undefined>
}

/** How far the log was read, and the newest events: oldest first and without gaps. */
interface ReadUpTo {
  position: Position
  recent: readonly LoggedEvent[]
}

type Read =
  | { kind: 'events'; events: readonly LoggedEvent[]; hasMore: boolean }
  /**
   * The log no longer has the event `seq`, the last that was read: a backup was restored, or a standby without the log's
   * end took over. The reader continues from the head.
   */
  | { kind: 'lost'; seq: number }

/** Reads the log portion by portion. It has no timer and calls nobody: its owner decides when to read. */
interface LogReader {
  position(): Position
  recent(): readonly LoggedEvent[]
  /** Reads the next portion, and then has its position. Throws when the log cannot be read, or has a gap. */
  read(): Promise<Read>
}

const batchSize: Portion = { events: 500, bytes: 256 * 1024 }
const keptSize: Portion = { events: 5_000, bytes: 32 * 1024 * 1024 }

/** A reader that begins at the log's present end. */
export async function createLogReader(log: Log): Promise<LogReader> {
  let upTo: ReadUpTo = { position: await log.head(), recent: [] }
  return {
    position: () => upTo.position,
    recent: () => upTo.recent,
    async read() {
      const { position } = upTo
      const events = await log.eventsSince(position, batchSize)
      if (events === undefined) {
        upTo = { position: await log.head(), recent: [] }
        return { kind: 'lost', seq: position.seq }
      }
      upTo = afterEvents(upTo, events)
      return { kind: 'events', events, hasMore: isPortion(events, batchSize) }
    },
  }
}

/** Throws at a gap: going on would lose events. */
export function afterEvents(before: ReadUpTo, events: readonly LoggedEvent[]): ReadUpTo {
  refuseGap(before.position, events)
  const last = events.at(-1)
  if (last === undefined) return before
  const recent = [...before.recent, ...events]
  for (const event of events) if (event.name === 'ticket:commentDeleted') forgetText(recent, event)
  return { position: { seq: last.seq, tag: last.tag }, recent: newest(recent, keptSize) }
}

/** Throws when events are missing after a position. The counter makes numbers dense: someone changed the log by hand. */
export function refuseGap(after: Position, events: readonly LoggedEvent[]): void {
  const next = after.seq + 1
  for (const [index, { seq }] of events.entries())
    if (seq !== next + index)
      throw new Error(`The log has no event ${next + index}; ${seq} follows.`)
}

/** The newest events that fit into a size. */
function newest(events: readonly LoggedEvent[], size: Portion): LoggedEvent[] {
  let from = Math.max(0, events.length - size.events)
  let bytes = bytesOf(events.slice(from))
  while (bytes > size.bytes) {
    bytes -= events[from]?.bytes ?? 0
    from += 1
  }
  return events.slice(from)
}

/** Removes the text of a deleted comment from memory, as the log has removed it. */
function forgetText(
  events: readonly LoggedEvent[],
  removal: LoggedEvent<'ticket:commentDeleted'>,
): void {
  const { id } = removal.data.comment
  for (const { data } of events)
    if ('comment' in data && data.comment.id === id) data.comment = { ...data.comment, body: '' }
}
