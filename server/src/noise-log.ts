import type { Logger } from 'pino'

type Level = 'info' | 'warn'

/**
 * For what others send and nobody here can mend: never a bug, and a flood of it no flood of lines. The first of a kind is
 * one, and how many more there were is one a minute.
 */
export interface NoiseLog {
  note(kind: string, fields: object, level?: Level): void
  /** Says what is counted and not said yet. */
  stop(): void
}

interface Kind {
  more: number
  level: Level
  timer: NodeJS.Timeout
}

const everyMs = 60_000
/** Where a kind has something of the sender's in it, they must not make up ever more of them. */
const kindsAtMost = 50

export function createNoiseLog(log: Pick<Logger, 'info' | 'warn'>): NoiseLog {
  const kinds = new Map<string, Kind>()

  function remember(kind: string, level: Level): void {
    kinds.set(kind, { more: 0, level, timer: setTimeout(() => tell(kind), everyMs).unref() })
  }

  /** Of a kind that goes on, the next minute is counted as well. */
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
