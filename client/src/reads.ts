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
  /** Positions of replies that the stream has not come to yet: their tags by their numbers. */
  let ahead = new Map<number, string>()
  /** Of these, the ones from before a reconnect. */
  let doubted: ReadonlyMap<number, string> = new Map()
  /** Two replies had the same number and not the same tag: one of them is of another past. */
  let isTorn = false

  return {
    begin() {
      const begunIn = stream
      const begunAt = reached
      const read: Read = {
        settle({ seq, tag }) {
          // Asked for before there was a stream: good from the stream's start on.
          if (begunIn !== stream || seq < (begunAt ?? startedAt)) return 'stale'
          if (seq > (reached ?? -1)) {
            isTorn ||= (ahead.get(seq) ?? tag) !== tag
            ahead.set(seq, tag)
          }
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
      // A position that passes over another says nothing of its tag.
      const isRefuted = [...doubted].some(([at, of]) => at < seq || (at === seq && of !== tag))
      ahead = beyond(ahead, seq)
      doubted = beyond(doubted, seq)
      return isRefuted ? 'otherPast' : 'onwards'
    },
    resume(head) {
      doubted = new Map(ahead)
      return isTorn || [...doubted.keys()].some((seq) => seq > head) ? 'otherPast' : 'onwards'
    },
    start({ seq }, anew = false) {
      reached = seq
      startedAt = seq
      // What was read before is compared with the start by its parts: the stream will not come to it any more.
      ahead = beyond(ahead, seq)
      if (!anew) return
      ahead = new Map()
      doubted = new Map()
      isTorn = false
      stream += 1
      kept = []
    },
  }
}

function beyond(positions: ReadonlyMap<number, string>, seq: number): Map<number, string> {
  return new Map([...positions].filter(([at]) => at > seq))
}
