import type { Position, SyncReady } from '@deskbell/contract'

/** Tracks a client's position in the log, and checks that messages follow each other. */
export interface Cursor {
  position(): Position | undefined
  /** A connection opened: messages before its `sync:ready` do not count. */
  opened(): void
  /** `start`: entries must be read at this position or later. `hole`: the server resumed from another position. */
  ready(message: Omit<SyncReady, 'timings'>): 'start' | 'resumed' | 'hole'
  /** Whether a message that goes from `after` to `seq` comes next. */
  follows(message: { after: number; seq: number }): boolean
  moveTo(position: Position): void
  /** A message did not follow. The second time at the same position, the cursor is dropped: resuming there does not help. */
  markGap(): void
  forget(): void
  /** Number of events until the head that the server named. */
  remaining(): number
}

export function createCursor(): Cursor {
  let position: Position | undefined
  let gapAt: number | undefined
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
      gapAt = undefined
      return 'start'
    },
    follows: ({ after, seq }) => isReady && after === position?.seq && seq >= after,
    moveTo({ seq, tag }) {
      position = { seq, tag }
      gapAt = undefined
    },
    markGap() {
      if (gapAt !== undefined && gapAt === position?.seq) position = undefined
      gapAt = position?.seq
    },
    forget() {
      position = undefined
      gapAt = undefined
    },
    remaining: () => Math.max(0, head - (position?.seq ?? head)),
  }
}
