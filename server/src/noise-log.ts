import type { Logger } from 'pino'

type Level = 'info' | 'warn'

/**
 * Logs bad requests of others, which the operator cannot fix and which are not bugs. A flood of them is not a flood of
 * lines: the first of a kind is one line, and the count of further ones is one line per minute.
 */
export interface NoiseLog {
  note(kind: string, fields: object, level?: Level): void
  /** Logs the counts that are not logged yet. */
  stop(): void
}

interface Kind {
  more: number
  level: Level
  timer: NodeJS.Timeout
}

const everyMs = 60_000
/** A kind may contain data of the sender, who must not be able to create kinds without end. */
const kindsAtMost = 50

export function createNoiseLog(log: Pick<Logger, 'info' | 'warn'>): NoiseLog {
  const kinds = new Map<string, Kind>()

  function remember(kind: string, level: Level): void {
    kinds.set(kind, { more: 0, level, timer: setTimeout(() => tell(kind), everyMs).unref() })
  }

  /** Logs the count of a kind. If there were more, the next minute is counted too. */
  function tell(kind: string): void {
    const { more = 0, level = 'info', timer } = kinds.get(kind) ?? {}
    clearTimeout(timer)
    kinds.delete(kind)
    if (more === 0) return
    log[level]({ more }, `${kind}: more of them within a minute`)
    remember(kind, level)
  }

  return {
    note(kind, fields, level = 'info') {
      const known = kinds.get(kind)
      if (known !== undefined) {
        known.more += 1
      } else if (kinds.size < kindsAtMost) {
        log[level](fields, kind)
        remember(kind, level)
      }
    },
    stop() {
      const counted = [...kinds.keys()]
      for (const kind of counted) tell(kind)
      for (const { timer } of kinds.values()) clearTimeout(timer)
    },
  }
}
