import { expect, test } from 'vitest'
import { turnOf } from './turn.ts'
import { statuses } from './vocabulary.ts'

const person = (name: string, staff: boolean) => ({ id: name, name, staff, active: true, color: 0 })
const [ada, grace] = [person('Ada', true), person('Grace', true)]
const [sam, sue] = [person('Sam', false), person('Sue', false)]

test('the side that did not write last is to answer', () => {
  const turn = (lastAuthor: typeof ada, creator = sam) =>
    turnOf({ status: 'open', creator, lastAuthor })
  expect([sam, sue, ada].map((last) => turn(last))).toEqual(['team', 'team', 'requester'])
  // On her own ticket Ada asks.
  expect([ada, grace].map((last) => turn(last, ada))).toEqual(['team', 'requester'])
})

test('a waiting ticket waits for the requester, and a resolved or closed one for nobody', () => {
  const turns = statuses.map((status) => turnOf({ status, creator: sam, lastAuthor: sam }))
  expect(turns).toEqual(['team', 'team', 'requester', null, null])
})
