import type { DeskEvent, Position } from '@deskbell/contract'
import { retryDelay } from './core.ts'
import type { Core } from './core.ts'
import { isTransient } from './desk-error.ts'
import { isOlder } from './store.ts'
import type { Part } from './store.ts'

/** What is not answered this many times is said to have failed, and asked for further. */
const quietTries = 3

/**
 * Reads a part anew and takes the reply, however often it has to be asked for. Ends when the part has it, was refused it, or
 * is being read by a later call.
 */
export async function load<R extends Position>(
  core: Core,
  part: Part<unknown>,
  ask: () => Promise<R>,
  take: (reply: R, later: readonly DeskEvent[]) => void,
): Promise<void> {
  const request = Symbol('request')
  part.request = request
  for (let tries = 0; part.request === request; tries += 1) {
    const waitMs = await attempt(core, part, ask, take, tries)
    if (waitMs === undefined) return
    await core.pause(waitMs)
  }
}

/** Answers how long to wait for another attempt; undefined when none is needed. */
async function attempt<R extends Position>(
  core: Core,
  part: Part<unknown>,
  ask: () => Promise<R>,
  take: (reply: R, later: readonly DeskEvent[]) => void,
  tries: number,
): Promise<number | undefined> {
  const { request } = part
  const read = core.reads.begin()
  try {
    const reply = await ask()
    const later = read.settle(reply)
    if (part.request !== request) return undefined
    if (later === 'stale' || isOlder(part, reply)) return retryDelay(tries)
    take(reply, later)
    part.request = undefined
    part.error = undefined
  } catch (thrown) {
    if (part.request !== request) return undefined
    const goesOn = isTransient(thrown)
    if (goesOn && tries + 1 < quietTries) return retryDelay(tries, thrown)
    part.error = thrown instanceof Error ? thrown : new Error(String(thrown))
    core.changed()
    if (goesOn) return retryDelay(tries, thrown)
    part.request = undefined
    return undefined
  } finally {
    read.end()
  }
  core.changed()
  return undefined
}
