import type { Position, SyncReady } from '@deskbell/contract'

/** Where a client is in the log, and what follows from each message for it. */
export interface Cursor {
  position(): Position | undefined
  /** A connection was opened: nothing counts before its `sync:ready`. */
  opened(): void
  /** `start`: what is shown must be read at this position or later. `hole`: the server resumed from elsewhere. */
  ready(message: SyncReady): 'start' | 'resumed' | 'hole'
  /** Whether a message that goes from `after` to `seq` comes next. */
  follows(message: { after: number; seq: number }): boolean
  moveTo(position: Position): void
  /** What came did not follow. The second time at the same place, resuming from there is of no use. */
  foundHole(): void
  forget(): void
  /** Events still to come until the head that the server named. */
  remaining(): number
}

export function createCursor(): Cursor {
  let position: Position | undefined
  let holeAt: number | undefined
  let isReady = false
  let head = 0

  return {
    position: () => position,
    opened() {
      isReady = false
    },
    ready(message) {
      if (message.mode === 'resume' && message.seq !== position?.seq) return 'hole'
      isReady = true
      head = message.head
      if (message.mode === 'resume') return 'resumed'
      position = { seq: message.seq, tag: message.tag }
      holeAt = undefined
      return 'start'
    },
    follows: ({ after, seq }) => isReady && after === position?.seq && seq >= after,
    moveTo({ seq, tag }) {
      position = { seq, tag }
      holeAt = undefined
    },
    foundHole() {
      if (holeAt !== undefined && holeAt === position?.seq) position = undefined
      holeAt = position?.seq
    },
    forget() {
      position = undefined
      holeAt = undefined
    },
    remaining: () => Math.max(0, head - (position?.seq ?? head)),
  }
}
