import { expect, test } from 'vitest'
import { filterFields, mentionOf, pick } from '@deskbell/contract'
import { event, person, row, time } from '../testing/build.ts'
import { names } from './names.ts'

const staff = { id: 'me', role: 'admin' } as const
const requester = { id: 'me', role: 'sales' } as const

test('names stay in order, without people who are deactivated', () => {
  const known = ['Ada', 'Cy'].map((name) => person(name))
  const changed = (one: ReturnType<typeof person>) =>
    event('person:changed', 9, { person: one, wasAssignable: true })
  const renamed = names.fold(known, changed({ ...person('Ada'), name: 'Zoe' }))
  expect(renamed.map(({ name }) => name)).toEqual(['Cy', 'Zoe'])
  const more = names.fold(renamed, changed(person('Bo')))
  expect(more.map(({ name }) => name)).toEqual(['Bo', 'Cy', 'Zoe'])
  const fewer = names.fold(more, changed({ ...person('Cy'), active: false }))
  expect(fewer.map(({ name }) => name)).toEqual(['Bo', 'Zoe'])
})

test('who acts on a ticket is known from then on', () => {
  const said = commented('Hello')
  const known = names.fold([person('Zoe')], said)
  expect(known).toHaveLength(2)
  expect(names.fold(known, said)).toBe(known)
})

test('a requester reads the names again when a text mentions somebody, staff know them all', () => {
  const mentioning = commented(
    mentionOf({ id: '01998f4e-0000-7000-8000-00000000000a', name: 'Ada' }),
  )
  expect(names.reloadsOn(mentioning, requester)).toBe(true)
  expect(names.reloadsOn(mentioning, staff)).toBe(false)
  expect(names.reloadsOn(commented('Hello'), requester)).toBe(false)
})

function commented(body: string) {
  const ticket = row(1)
  const comment = {
    id: 'comment-1',
    author: person('Ada'),
    body,
    internal: false,
    createdAt: time(9),
    editedAt: null,
    editedBy: null,
    deletedAt: null,
  }
  const before = pick(ticket, filterFields)
  return event('ticket:commentAdded', 9, { ticketId: ticket.id, ticket, before, comment })
}
