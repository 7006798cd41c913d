import type { DeskEvent, Position } from '@deskbell/contract'

/** A request on its way. */
export interface TrackedRequest {
  /** The events to apply over the reply, or `stale`: the reply does not fit the stream, so ask again. */
  settle(reply: Position): readonly DeskEvent[] | 'stale'
  end(): void
}

/** Brings replies and events together: while a request is open, it keeps the events that are applied. */
export interface RequestTracker {
  begin(): TrackedRequest
  buffer(event: DeskEvent): void
  /** Number of the last event applied; -1 before the stream starts. */
  appliedUpTo(): number
  /** Moves the stream forward. `diverged`: a reply from before a reconnect belongs to another log than this stream. */
  moveTo(position: Position): 'continued' | 'diverged'
  /** The stream continues after a reconnect. `diverged`: the log was restored to a point before something that was read. */
  resume(head: number): 'continued' | 'diverged'
  /** A stream starts. `isReset`: replies to earlier requests do not belong to it. */
  start(position: Position, isReset?: boolean): void
}

export function createRequestTracker(): RequestTracker {
  const open = new Set<TrackedRequest>()
  let buffered: DeskEvent[] = []
  let appliedSeq: number | undefined
  let startedAt = -1
  let stream = 0
  /** Positions of replies that are ahead of the stream: their tags by their numbers. */
  let readAhead = new Map<number, string>()
  /** Those of them that were read before a reconnect. */
  let unverified: ReadonlyMap<number, string> = new Map()
  /** Two replies had the same number and different tags: they come from two different logs. */
  let isConflicting = false

  return {
    begin() {
      const begunIn = stream
      const begunAt = appliedSeq
      const request: TrackedRequest = {
        settle({ seq, tag }) {
          // A request sent before the stream started must not be older than its start.
          if (begunIn !== stream || seq < (begunAt ?? startedAt)) return 'stale'
          if (seq > (appliedSeq ?? -1)) {
            isConflicting ||= (readAhead.get(seq) ?? tag) !== tag
            readAhead.set(seq, tag)
          }
          return buffered.filter((event) => event.meta.seq > seq)
        },
        end() {
          open.delete(request)
          if (open.size === 0) buffered = []
        },
      }
      open.add(request)
      return request
    },
    buffer(event) {
      if (open.size > 0) buffered.push(event)
    },
    appliedUpTo: () => appliedSeq ?? -1,
    moveTo({ seq, tag }) {
      appliedSeq = seq
      // Passing a number without an event there leaves its tag unverified.
      const isRefuted = [...unverified].some(([at, of]) => at < seq || (at === seq && of !== tag))
      readAhead = beyond(readAhead, seq)
      unverified = beyond(unverified, seq)
      return isRefuted ? 'diverged' : 'continued'
    },
    resume(head) {
      unverified = new Map(readAhead)
      return isConflicting || [...unverified.keys()].some((seq) => seq > head)
        ? 'diverged'
        : 'continued'
    },
    start({ seq }, isReset = false) {
      appliedSeq = seq
      startedAt = seq
      // The caller compares earlier replies with the start: the stream never reaches their positions.
      readAhead = beyond(readAhead, seq)
      if (!isReset) return
      readAhead = new Map()
      unverified = new Map()
      isConflicting = false
      stream += 1
      buffered = []
    },
  }
}

function beyond(positions: ReadonlyMap<number, string>, seq: number): Map<number, string> {
  return new Map([...positions].filter(([at]) => at > seq))
}
