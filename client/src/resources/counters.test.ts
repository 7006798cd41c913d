import { expect, test } from 'vitest'
import { filterFields, initialFields, pick } from '@deskbell/contract'
import type { Counters } from '@deskbell/contract'
import { changesAssignability } from '../cache/changes-assignability.ts'
import { counters } from './counters.ts'
import { event, person, row, statusChanged, ticket } from '../testing/build.ts'

const reader = { id: 'person-Me', role: 'admin' } as const
const me = person('Me')
const none: Counters = {
  assigned: 0,
  unassigned: 0,
  unseenByStaff: 0,
  created: 0,
  urgent: 0,
  open: 0,
  closed: 0,
}

test('[RD8] a new ticket counts in every view that it belongs to', () => {
  const made = ticket(1, { creator: me, priority: 'urgent' })
  const counted = counters.fold(
    none,
    event('ticket:created', 1, { ticketId: made.id, ticket: made }),
    reader,
  )
  expect(counted).toEqual({ ...none, unassigned: 1, created: 1, urgent: 1, open: 1 })
})

test('[RD8] a ticket counts by its fields after an event and no longer by those before it', () => {
  const mine = row(1, { assignee: me, creator: me })
  const counted = { ...none, assigned: 3, created: 2, open: 5, closed: 1 }
  expect(counters.fold(counted, statusChanged(9, mine, 'resolved'), reader)).toEqual({
    ...counted,
    assigned: 2,
    created: 1,
    open: 4,
    closed: 2,
  })
  expect(counters.fold(counted, statusChanged(9, mine, 'waiting'), reader)).toEqual(counted)
})

test('[RD8] a lost ticket does not count', () => {
  const lost = event('access:lost', 9, {
    ticketId: 'ticket-1',
    before: { ...pick(initialFields, filterFields), priority: 'urgent' },
  })
  const counted = { ...none, unassigned: 1, urgent: 2, open: 3 }
  expect(counters.fold(counted, lost, reader)).toEqual({
    ...none,
    unassigned: 0,
    urgent: 1,
    open: 2,
  })
})

test('[RD8] the tickets of a deactivated person are unassigned until the person is active again', () => {
  const data = { person: person('Bo', { active: false }), assignedActive: 4, wasAssignable: true }
  expect(changesAssignability(data)).toBe(true)
  expect(counters.fold(none, event('person:changed', 9, data), reader).unassigned).toBe(4)
  const back = { person: person('Bo'), assignedActive: 4, wasAssignable: false }
  expect(
    counters.fold({ ...none, unassigned: 4 }, event('person:changed', 9, back), reader).unassigned,
  ).toBe(0)
  const renamed = { person: person('Bo'), assignedActive: 4, wasAssignable: true }
  expect(changesAssignability(renamed)).toBe(false)
  expect(counters.fold(none, event('person:changed', 9, renamed), reader)).toBe(none)
  const { assignedActive: _untold, ...toSales } = data
  expect(counters.fold(none, event('person:changed', 9, toSales), reader)).toBe(none)
})

test('[CK5] an event that only a later version knows counts by its row', () => {
  const later = { ...statusChanged(9, row(1), 'waiting'), name: 'ticket:folded' } as never
  const counted = { ...none, unassigned: 1, open: 1 }
  expect(counters.fold(counted, later, reader)).toEqual(counted)
})

test('[RD8] the counters are fetched again when an event does not say how they change', () => {
  const sales = { ...reader, role: 'sales' } as const
  const gained = event('access:gained', 9, { ticketId: 'ticket-1' })
  expect(counters.reloadsOn(gained, reader)).toBe(true)
  const before = pick(initialFields, filterFields)
  const lost = event('access:lost', 9, { ticketId: 'ticket-1', before })
  expect(counters.reloadsOn(lost, reader)).toBe(false)
  const replayed = event('access:lost', 9, lost.data, { replayed: true })
  expect(counters.reloadsOn(replayed, reader)).toBe(true)
  const deactivated = {
    person: person('Bo', { active: false }),
    assignedActive: 4,
    wasAssignable: true,
  }
  const left = event('person:changed', 9, deactivated)
  expect(counters.reloadsOn(left, sales)).toBe(true)
  expect(counters.reloadsOn(left, reader)).toBe(false)
  expect(counters.reloadsOn(statusChanged(9, row(1), 'waiting'), sales)).toBe(false)
})
