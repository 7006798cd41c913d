import { fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ask } from './crowd.ts'
import type { Desk } from './desk.ts'

/**
 * `passwords`: failing sign-ins, and set-up of a desk that is already set up. `handshakes`: one person's handshakes
 * by polling that never ask for a socket, with urgent tickets between them. `brokenOff`: requests of strangers that
 * end halfway.
 */
export type Attack = 'passwords' | 'handshakes' | 'brokenOff'

export interface AttackResult {
  /** How many requests were sent. */
  count: number
  /** How many of them were answered, by HTTP status. */
  answers: Record<string, number>
}

/** The attack runs this long before the measurement begins, so that the queues are full by then. */
const beforeMs = 3_000

export async function underAttack<Result>(
  attack: Attack,
  { url }: Desk,
  cookie: string,
  measure: () => Promise<Result>,
): Promise<{ result: Result; sent: AttackResult }> {
  const program = path.join(import.meta.dirname, 'attack-process.ts')
  const child = fork(program, [attack, url, cookie])
  try {
    await new Promise((resolve) => child.once('message', resolve))
    await delay(beforeMs)
    const result = await measure()
    return { result, sent: await ask<AttackResult>(child, {}) }
  } finally {
    child.kill()
  }
}
