import type { DeskEvent, Position } from '@deskbell/contract'

/** A request on its way. */
export interface Read {
  /** The events to be applied over its reply, or `stale` when it does not meet the stream: ask again. */
  settle(reply: Position): readonly DeskEvent[] | 'stale'
  end(): void
}

/** Lets replies and events meet: while anything is being read, the events applied meanwhile are kept. */
export interface Reads {
  begin(): Read
  keep(event: DeskEvent): void
  /** How far events were applied; -1 before there is a stream. */
  reached(): number
  /** Where the stream stands. */
  moveTo(position: Position): void
  /** A stream begins. `anew`: nothing asked for before belongs to it. */
  start(position: Position, anew: boolean): void
}

export function createReads(): Reads {
  const open = new Set<Read>()
  let kept: DeskEvent[] = []
  let reached: number | undefined
  let startedAt = -1
  let stream = 0

  return {
    begin() {
      const begunIn = stream
      const begunAt = reached
      const read: Read = {
        settle({ seq }) {
          // Asked for before there was a stream: good from the stream's start on.
          if (begunIn !== stream || seq < (begunAt ?? startedAt)) return 'stale'
          return kept.filter((event) => event.meta.seq > seq)
        },
        end() {
          open.delete(read)
          if (open.size === 0) kept = []
        },
      }
      open.add(read)
      return read
    },
    keep(event) {
      if (open.size > 0) kept.push(event)
    },
    reached: () => reached ?? -1,
    moveTo({ seq }) {
      reached = seq
    },
    start({ seq }, anew) {
      reached = seq
      startedAt = seq
      if (!anew) return
      stream += 1
      kept = []
    },
  }
}
