import { fields, views } from '@deskbell/contract'
import type { TicketRow } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { editWords } from './edit-words.ts'
import { isAway, isChangedBy } from './ticket-edit.ts'
import type { TicketEdit } from './ticket-edit.ts'

const ada = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const red = { id: 'red', name: 'Red', color: 'red', internal: false, mergedInto: null } as never
const row = {
  id: 'one',
  number: 12,
  title: 'Printer',
  status: 'open',
  priority: 'medium',
  assignee: null,
  creator: ada,
  tags: [],
} as unknown as TicketRow
/** Pink was merged into red. */
const target = (id: string) => (id === 'pink' ? 'red' : id)
const list = { meId: 'ada', target }

function isAwayFrom(filter: object, edit: TicketEdit): boolean {
  return isAway(row, edit, { ...list, filter })
}

test('an edit is said when it closes the ticket or takes it out of the list, and not otherwise', () => {
  const wait: TicketEdit = { field: 'status', to: 'waiting' }
  expect(isAwayFrom({}, { field: 'status', to: 'closed' })).toBe(true)
  expect(isAwayFrom(views.open, wait)).toBe(false)
  expect(isAwayFrom({ status: ['open'] }, wait)).toBe(true)
  expect(isAwayFrom({ status: ['open'], q: 'printer' }, wait)).toBe(false)
  expect(isAwayFrom(views.unassigned, { field: 'assignee', to: ada })).toBe(true)
  expect(isAwayFrom(views.urgent, { field: 'priority', to: 'low' })).toBe(false)
  const tag: TicketEdit = { field: 'tags', tag: red, on: true }
  expect(isAwayFrom({ tag: ['red'], tagMode: 'none' }, tag)).toBe(true)
})

test('an edit that gives a ticket what it has changes nothing', () => {
  expect(isChangedBy(row, { field: 'status', to: 'open' }, target)).toBe(false)
  expect(isChangedBy(row, { field: 'assignee', to: null }, target)).toBe(false)
  expect(isChangedBy(row, { field: 'assignee', to: ada }, target)).toBe(true)
  expect(isChangedBy(row, { field: 'tags', tag: red, on: false }, target)).toBe(false)
})

test('a tag comes off a ticket that has it by the id of a merged one', () => {
  const pink = { ...row, tags: ['pink'] }
  expect(isChangedBy(pink, { field: 'tags', tag: red, on: false }, target)).toBe(true)
  expect(isChangedBy(pink, { field: 'tags', tag: red, on: true }, target)).toBe(false)
  const off: TicketEdit = { field: 'tags', tag: red, on: false }
  expect(isAway(pink, off, { ...list, filter: { tag: ['red'] } })).toBe(true)
})

test('every field has words, also one that is added later', () => {
  expect(editWords([row], { field: 'status', to: 'closed' })).toBe('#12 closed')
  expect(editWords([row, row, row], { field: 'status', to: 'waiting' })).toBe(
    '3 tickets moved to Waiting',
  )
  for (const field of Object.keys(fields))
    expect(editWords([row, row], { field, to: null } as never)).toContain('2 tickets')
})
