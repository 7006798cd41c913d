import { expect, test } from 'vitest'
import type { Account } from '@deskbell/contract'
import { people } from './people.ts'
import { event, person, time } from '../testing/build.ts'

test('people stay in order of their names', () => {
  const everyone = ['Ada', 'Cy'].map((name) => account(name))
  const invited = people.fold(
    everyone,
    event('person:accountChanged', 9, { account: account('Bo') }),
  )
  expect(invited.map(({ name }) => name)).toEqual(['Ada', 'Bo', 'Cy'])
  const demoted = people.fold(
    invited,
    event('person:accountChanged', 10, { account: { ...account('Ada'), role: 'sales' } }),
  )
  expect(demoted.map(({ role }) => role)).toEqual(['sales', 'admin', 'admin'])
  const data = { person: { ...person('Ada'), name: 'Zoe' }, assignedActive: 0, wasAssignable: true }
  expect(people.fold(invited, event('person:changed', 11, data)).map(({ name }) => name)).toEqual([
    'Bo',
    'Cy',
    'Zoe',
  ])
})

function account(name: string): Account {
  return {
    id: `person-${name}`,
    name,
    email: '',
    role: 'admin',
    color: 0,
    active: true,
    pending: false,
    linkExpiresAt: null,
    createdAt: time(0),
  }
}
