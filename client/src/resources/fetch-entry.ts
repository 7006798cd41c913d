import type { DeskEvent, Position } from '@deskbell/contract'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import { isRetryable } from '../api-error.ts'
import { isOlder } from '../cache/store.ts'
import type { CacheEntry } from '../cache/store.ts'

/** After this many tries the entry shows an error; fetching continues. */
const quietTries = 3

/**
 * Fetches an entry and applies the reply, with retries. Resolves when the entry is fetched, was refused, or a later call
 * replaces this one.
 */
export async function fetchEntry<R extends Position>(
  core: Core,
  entry: CacheEntry<unknown>,
  ask: () => Promise<R>,
  apply: (reply: R, later: readonly DeskEvent[]) => void,
): Promise<void> {
  const request = Symbol('request')
  entry.request = request
  for (let tries = 0; entry.request === request; tries += 1) {
    const waitMs = await attempt(core, entry, ask, apply, tries)
    if (waitMs === undefined) return
    await core.sleep(waitMs)
  }
}

/** Returns the delay before the next try in ms; undefined when it is done. */
async function attempt<R extends Position>(
  core: Core,
  entry: CacheEntry<unknown>,
  ask: () => Promise<R>,
  apply: (reply: R, later: readonly DeskEvent[]) => void,
  tries: number,
): Promise<number | undefined> {
  const { request } = entry
  const tracked = core.requests.begin()
  try {
    const reply = await ask()
    const later = tracked.settle(reply)
    if (entry.request !== request) return undefined
    if (later === 'stale' || isOlder(entry, reply)) return retryDelay(tries)
    apply(reply, later)
    entry.request = undefined
    entry.error = undefined
  } catch (thrown) {
    if (entry.request !== request) return undefined
    const goesOn = isRetryable(thrown)
    if (goesOn && tries + 1 < quietTries) return retryDelay(tries, thrown)
    entry.error = thrown instanceof Error ? thrown : new Error(String(thrown))
    core.changed()
    if (goesOn) return retryDelay(tries, thrown)
    entry.request = undefined
    return undefined
  } finally {
    tracked.end()
  }
  core.changed()
  return undefined
}

/** The oldest position of several replies: all events after it must be applied. */
export function oldestOf(replies: readonly Position[]): Position {
  const { seq, tag } = replies.reduce((a, b) => (b.seq < a.seq ? b : a))
  return { seq, tag }
}
