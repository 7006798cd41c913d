import { initialFields } from '@deskbell/contract'
import type { DeskEvent, PersonRef, TicketRow } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { eventAlert } from './event-alert.ts'
import { eventToast } from './event-toast.ts'

const at = '2026-01-01T00:00:00.000Z'
const tom: PersonRef = { id: 'tom', name: 'Tom', staff: false, active: true, color: 1 }
const actor = { kind: 'person', person: tom } as const
const meta = { seq: 7, tag: 't', after: 6, version: 7, actor, at, reason: 'reply' } as const
const ticket: TicketRow = {
  ...initialFields,
  id: 'one',
  number: 1042,
  title: 'Paper jam',
  creator: tom,
  lastAuthor: tom,
  tags: [],
  commentCount: 0,
  attachmentCount: 0,
  createdAt: at,
  updatedAt: at,
  version: 7,
}

function replied(row: TicketRow): DeskEvent {
  const comment = {
    id: 'c',
    author: tom,
    body: 'My PIN is 1234',
    internal: false,
    createdAt: at,
    editedAt: null,
    editedBy: null,
    deletedAt: null,
  }
  return {
    name: 'ticket:commentAdded',
    data: { ticketId: row.id, ticket: row, before: row, comment },
    meta,
  }
}

function alertOf(event: DeskEvent, meId: string, row: TicketRow = ticket) {
  const toast = eventToast(event, meId, row)
  return toast && eventAlert(event, meId, row, toast)
}

test('an alert has two texts: one with what was written, and one without', () => {
  expect(alertOf(replied(ticket), 'ada')).toMatchObject({
    words: { title: expect.stringContaining('Paper jam'), line: expect.stringContaining('PIN') },
    discreet: { title: 'Ticket #1042', line: 'Tom replied' },
  })
})

test('what a person does in another window alerts nobody', () => {
  expect(alertOf(replied(ticket), 'tom')).toBeUndefined()
})

test('an urgent ticket at which nobody has looked asks for somebody at once, and a look ends that', () => {
  const urgent = { ...ticket, priority: 'urgent' } as const
  const unlooked = alertOf(replied({ ...urgent, looked: false }), 'ada', {
    ...urgent,
    looked: false,
  })
  expect(unlooked).toMatchObject({ isUrgent: true, isUnlooked: true })
  const looked = { ...urgent, looked: true }
  expect(alertOf(replied(looked), 'ada', looked)).toMatchObject({
    isUrgent: false,
    isUnlooked: false,
  })
})

test('the urgent alert of a ticket that a person may not see has its number only', () => {
  const event: DeskEvent = {
    name: 'ticket:urgent',
    data: { number: 9, oldPriority: null, newPriority: 'urgent' },
    meta: { ...meta, actor: null },
  }
  const toast = eventToast(event, 'ada')
  expect(toast && eventAlert(event, 'ada', undefined, toast)).toMatchObject({
    number: 9,
    ticketId: undefined,
    isUrgent: true,
    isUnlooked: false,
    words: { title: 'Ticket #9 is urgent' },
  })
})
