import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '@deskbell/contract'
import type { ErrorBody, RouteName } from '@deskbell/contract'
import { hashPassword } from '../../people/secrets.ts'
import { startTestDesk } from '../index.ts'
import { unlimited } from '../unlimited.ts'
import type { TestDesk } from '../index.ts'
import { inFull } from './answers.ts'
import { openRoutes, routeRules } from './route-rules.ts'
import type { Outcome } from './route-rules.ts'
import { createScene, outcomeOf } from './scene.ts'
import { othersAt, relationshipsAt } from './relationships.ts'
import type { Others, Relationship } from './relationships.ts'

const password = 'everybody has this one'
const routeNames = Object.keys(paths) as RouteName[]

let desk: TestDesk
let others: Others
let relationships: Relationship[]
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  others = await othersAt(desk)
  relationships = await relationshipsAt(desk, others)
  const password_hash = await hashPassword(password)
  await desk.db.updateTable('people').set({ password_hash }).execute()
})
afterAll(() => desk.stop())

test('every route of the contract has its rules', () => {
  expect(Object.keys(routeRules).toSorted()).toEqual(routeNames.toSorted())
  expect(routeNames.filter((name) => routeRules[name].length === 0)).toEqual([])
})

describe.for(routeNames)('%s', (name) => {
  test.for(routeRules[name])(
    '[AU2] $case: each person gets the answer that the policy says',
    async (rule) => {
      const answered = await Promise.all(
        relationships.map(async (relationship): Promise<[string, Outcome]> => {
          const scene = createScene(desk, others, relationship, password)
          return [`${relationship.role} ${relationship.relation}`, await rule.call(scene)]
        }),
      )
      expect(Object.fromEntries(answered)).toEqual(inFull(rule.answers))
    },
  )

  const isOpen = openRoutes.includes(name)
  test(`[SE1] ${isOpen ? 'asks for no session' : 'refuses before anything else'} who has no session`, async () => {
    const ended = await desk.someone('super_admin')
    await desk.db.deleteFrom('sessions').where('person_id', '=', ended.id).execute()
    const inactive = await desk.someone('super_admin')
    await desk.db
      .updateTable('people')
      .set({ active: false })
      .where('id', '=', inactive.id)
      .execute()
    const [method, pattern] = paths[name]
    for (const cookie of ['', 'deskbell=', 'deskbell=guess', ended.cookie, inactive.cookie]) {
      const response = await fetch(desk.url + pattern.replaceAll(/:\w+/g, 'x'), {
        method,
        headers: { cookie },
      })
      const body = (await response.json()) as ErrorBody
      const refused = outcomeOf({ status: response.status, body }) === 'session.none'
      expect(refused).toBe(!isOpen)
    }
  })
})

test('a deactivated person cannot sign in with the right password', async () => {
  const person = await desk.someone('admin')
  const password_hash = await hashPassword(password)
  await desk.db
    .updateTable('people')
    .set({ password_hash, active: false })
    .where('id', '=', person.id)
    .execute()
  const scene = createScene(desk, others, { person, ticketId: '', relation: 'stranger' }, password)
  expect(await scene.signIn(password)).toBe('session.refused')
})
