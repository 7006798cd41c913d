import { expect, test } from 'vitest'
import type { Status } from '@deskbell/contract'
import { lastWords } from './last-words.ts'

const person = (id: string, name: string, staff: boolean) => ({
  id,
  name,
  staff,
  active: true,
  color: 0,
})
const ada = person('ada', 'Ada Admin', true)
const grace = person('grace', 'Grace Hopper', true)
const sam = person('sam', 'Sam Sales', false)
const sue = person('sue', 'Sue Silva', false)

function words(reader: typeof ada, lastAuthor: typeof ada, status: Status = 'open', creator = sam) {
  const { who, did, whole, isYours } = lastWords(
    { status, creator, lastAuthor },
    { id: reader.id, role: reader.staff ? 'admin' : 'sales' },
  )
  return [`${who} ${did}`, whole, isYours]
}

test('staff read who wrote last, and whether their team is to answer', () => {
  expect(words(ada, sam)).toEqual([
    'Sam wrote',
    'Sam Sales wrote last: it is your team’s turn',
    true,
  ])
  expect(words(ada, sue)).toEqual([
    'Sue wrote',
    'Sue Silva wrote last: it is your team’s turn',
    true,
  ])
  expect(words(ada, ada)).toEqual([
    'You replied',
    'You replied last: it is the requester’s turn',
    false,
  ])
  expect(words(ada, grace)).toEqual([
    'Grace replied',
    'Grace Hopper replied last: it is the requester’s turn',
    false,
  ])
})

test('requesters read whether the team answered', () => {
  expect(words(sam, sam)).toEqual(['You wrote', 'You wrote last: it is the team’s turn', false])
  expect(words(sam, sue)).toEqual([
    'Sue wrote',
    'Sue Silva wrote last: it is the team’s turn',
    false,
  ])
  expect(words(sam, ada)).toEqual([
    'The team answered',
    'Ada Admin answered last: it is your turn',
    true,
  ])
})

test('on their own ticket staff are the requester', () => {
  expect(words(ada, ada, 'open', ada)[0]).toBe('You wrote')
  expect(words(ada, grace, 'open', ada)).toEqual([
    'The team answered',
    'Grace Hopper answered last: it is your turn',
    true,
  ])
  expect(words(grace, ada, 'open', ada).slice(1)).toEqual([
    'Ada Admin wrote last: it is your team’s turn',
    true,
  ])
})

test('a ticket that is done is nobody’s turn, and a waiting one the requester’s', () => {
  expect(words(ada, sam, 'closed')).toEqual(['Sam wrote', 'Sam Sales wrote last', false])
  expect(words(ada, sam, 'waiting')[2]).toBe(false)
  expect(words(sam, sam, 'waiting')[2]).toBe(true)
})
