import type { Logger } from 'pino'

/** Lines that outsiders can cause as often as they like. */
export interface NoiseLog {
  /** The first of a message at once; then, while they go on, one line a minute that says how many more there were. */
  warn(fields: object, message: string): void
}

export function createNoiseLog(log: Logger, everyMs = 60_000): NoiseLog {
  const more = new Map<string, number>()

  return {
    warn(fields, message) {
      const count = more.get(message)
      if (count !== undefined) return void more.set(message, count + 1)
      more.set(message, 0)
      log.warn(fields, message)
      setTimeout(() => {
        const since = more.get(message) ?? 0
        more.delete(message)
        if (since > 0) log.warn({ more: since }, message)
      }, everyMs).unref()
    },
  }
}
