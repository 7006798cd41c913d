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
  /** Where the stream stands. `otherPast`: what was read before a reconnect is not of the log that is heard now. */
  moveTo(position: Position): 'onwards' | 'otherPast'
  /** The stream goes on after a reconnect, maybe with a log put back to before something that was read. */
  resume(head: number): 'onwards' | 'otherPast'
  /** A stream begins. `anew`: nothing asked for before belongs to it. */
  start(position: Position, anew?: boolean): void
}

export function createReads(): Reads {
  const open = new Set<Read>()
  let kept: DeskEvent[] = []
  let reached: number | undefined
  let startedAt = -1
  let stream = 0
  /** The latest position of any reply, of this stream. */
  let furthest: Position | undefined
  /** A reply from beyond the cursor that the stream has still to confirm. */
  let doubted: Position | undefined

  return {
    begin() {
      const begunIn = stream
      const begunAt = reached
      const read: Read = {
        settle({ seq, tag }) {
          // Asked for before there was a stream: good from the stream's start on.
          if (begunIn !== stream || seq < (begunAt ?? startedAt)) return 'stale'
          if (seq > (furthest?.seq ?? -1)) furthest = { seq, tag }
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
    moveTo({ seq, tag }) {
      reached = seq
      if (doubted === undefined || seq < doubted.seq) return 'onwards'
      // A position that passes over the doubted one says nothing of its tag.
      const isConfirmed = seq === doubted.seq && tag === doubted.tag
      doubted = undefined
      return isConfirmed ? 'onwards' : 'otherPast'
    },
    resume(head) {
      doubted = furthest !== undefined && furthest.seq > (reached ?? -1) ? furthest : undefined
      return doubted !== undefined && doubted.seq > head ? 'otherPast' : 'onwards'
    },
    start({ seq }, anew = false) {
      reached = seq
      startedAt = seq
      doubted = undefined
      if (!anew) return
      furthest = undefined
      stream += 1
      kept = []
    },
  }
}
