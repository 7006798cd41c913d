import { afterAll, beforeAll } from 'vitest'
import { startTestDesk } from './index.ts'
import type { TestDesk } from './index.ts'
import { originCases } from './origin-cases.ts'

/** Starts a desk for each setting of the origin cases, for the tests of one file. */
export function originDesks() {
  const desks = new Map<string, TestDesk>()
  const settings = new Map(originCases.map(({ env }) => [JSON.stringify(env), env]))

  beforeAll(async () => {
    for (const [key, env] of settings) desks.set(key, await startTestDesk(env))
  })
  afterAll(async () => {
    for (const desk of desks.values()) await desk.stop()
  })

  return {
    settings: [...settings.values()],
    deskWith(env: Record<string, string>): TestDesk {
      const desk = desks.get(JSON.stringify(env))
      if (desk === undefined) throw new Error('no desk with these settings')
      return desk
    },
  }
}
