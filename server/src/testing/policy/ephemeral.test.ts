import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { clientEvents, draftEvents, presenceEvents } from '@deskbell/contract/schemas'
import { startTestDesk } from '../index.ts'
import type { TestDesk } from '../index.ts'
import { soon } from '../screen-of.ts'
import { unlimited } from '../unlimited.ts'
import { inFull } from './answers.ts'
import { ephemeralRules } from './ephemeral-rules.ts'
import { createEphemeralScene } from './ephemeral-scene.ts'
import type { EphemeralScene } from './ephemeral-scene.ts'
import { othersAt, relationshipsAt } from './relationships.ts'
import type { Others } from './relationships.ts'

let desk: TestDesk
let others: Others
const scenes = new Map<string, EphemeralScene>()
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  others = await othersAt(desk)
  const relationships = await relationshipsAt(desk, others)
  await Promise.all(
    relationships.map(async (relationship) => {
      const scene = await createEphemeralScene(desk, others, relationship)
      scenes.set(`${relationship.role} ${relationship.relation}`, scene)
    }),
  )
})
afterAll(() => desk.stop())

test('every message of the contract that is not in the log has its rules', () => {
  const names = [clientEvents, presenceEvents, draftEvents].flatMap((all) => Object.keys(all))
  expect(Object.keys(ephemeralRules).toSorted()).toEqual(names.toSorted())
})

describe.for(Object.entries(ephemeralRules))('%s', ([_name, rules]) => {
  test.for(rules)('[PR2] [PR5] $case: each person hears what the policy says', async (rule) => {
    const isNamed = rule.names === true
    if (isNamed) await showNames(true)
    const heard = await Promise.all(
      Array.from(scenes, async ([who, scene]) => [who, await rule.hear(scene)] as const),
    )
    if (isNamed) await showNames(false)
    expect(Object.fromEntries(heard)).toEqual(inFull(rule.answers))
  })
})

async function showNames(showStaffNames: boolean): Promise<void> {
  const socket = others.root.socket()
  let isReady = false
  let isChanged = false
  socket.on('sync:ready', () => {
    isReady = true
  })
  socket.on('settings:changed', () => {
    isChanged = true
  })
  await vi.waitFor(() => expect(isReady).toBe(true), soon)
  await others.root.call('editDeskSettings', { body: { showStaffNames } })
  await vi.waitFor(() => expect(isChanged).toBe(true), soon)
  socket.close()
}
