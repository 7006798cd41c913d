import type {
  ActorRef,
  DeskEvent,
  Meta,
  Notification,
  PersonRef,
  TicketRow,
} from '@deskbell/contract'
import { filterFields, initialFields, pick } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { eventToast } from './event-toast.ts'

const at = '2026-01-01T00:00:00.000Z'
const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const tom: PersonRef = { id: 'tom', name: 'Tom', staff: false, active: true, color: 0 }
function by(person: PersonRef): ActorRef {
  return { kind: 'person', person }
}
const before = { ...pick(initialFields, filterFields), priority: 'low' as const }
const meta = {
  seq: 7,
  tag: 't',
  after: 6,
  version: 7,
  actor: by(ada),
  at,
  reason: 'watched',
} as const
const others: Meta = { seq: 7, tag: 't', after: 6, version: 7, actor: by(tom), at }
const ticket: TicketRow = {
  ...initialFields,
  ...before,
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
const state = { ticketId: 'one', ticket, before }

function comment(part: { body: string; internal: boolean }): DeskEvent {
  const made = {
    id: 'c',
    author: ada,
    createdAt: at,
    editedAt: null,
    editedBy: null,
    deletedAt: null,
    ...part,
  }
  return { name: 'ticket:commentAdded', data: { ...state, comment: made }, meta }
}

test('a toast says who did what to which ticket', () => {
  const data = { ...state, oldStatus: 'open', newStatus: 'in_progress' } as const
  expect(eventToast({ name: 'ticket:statusChanged', data, meta }, 'tom')).toMatchObject({
    title: '#1042 Paper jam',
    line: 'Ada moved it to In progress',
    ticketNumber: 1042,
  })
})

test('nobody is alerted to what Deskbell does by itself', () => {
  const data = { ...state, oldStatus: 'resolved', newStatus: 'closed' } as const
  const actor = { kind: 'system', name: 'closing' } as const
  const closed = { name: 'ticket:statusChanged', data, meta: { ...meta, actor } } as const
  expect(eventToast(closed, 'tom')).toBe(undefined)
})

test('a mention concerns whom it names, on any ticket, and reads as words', () => {
  const id = '01998f4e-0000-7000-8000-00000000000a'
  const said = comment({ body: `Ask **@[Tom](person:${id})**`, internal: false })
  const { reason: _reason, ...elsewhere } = meta
  const event = { ...said, meta: elsewhere } as DeskEvent
  expect(eventToast(event, id)).toMatchObject({ line: 'Ada mentioned you: Ask **@Tom**' })
  expect(eventToast(event, 'grace')).toBe(undefined)
})

test('right-to-left names and titles do not change the order of the sentence', () => {
  const noa = { ...ada, name: 'נעמה' }
  const data = { ...state, ticket: { ...ticket, description: '', watchers: [], title: 'מדפסת 2' } }
  const event: DeskEvent = { name: 'ticket:created', data, meta: { ...meta, actor: by(noa) } }
  expect(eventToast(event, 'tom')).toMatchObject({
    title: '#1042 \u2068מדפסת 2\u2069',
    line: '\u2068נעמה\u2069 raised this ticket',
  })
})

test('a long name leaves room for the action', () => {
  const long = {
    ...ada,
    name: 'Maximiliana-Alexandrina von und zu Hohenlohe-Waldenburg-Schillingsfürst',
  }
  const data = { ...state, oldStatus: 'open', newStatus: 'in_progress' } as const
  const event: DeskEvent = {
    name: 'ticket:statusChanged',
    data,
    meta: { ...meta, actor: by(long) },
  }
  expect(eventToast(event, 'tom')?.line).toBe(
    'Maximiliana-Alexandrina von und zu Hoh… moved it to In progress',
  )
})

test('a toast about a change in another window of mine says so', () => {
  const data = { ...state, oldPriority: 'low', newPriority: 'high' } as const
  const own: Meta = { ...others, actor: by(ada), participant: true }
  const toast = eventToast({ name: 'ticket:priorityChanged', data, meta: own }, 'ada')
  expect(toast?.line).toBe('You made it High priority')
})

test('a reply is quoted in short, a note is called one', () => {
  const long = eventToast(
    comment({ body: `**Hello**\n__init__.py ${'word '.repeat(60)}`, internal: false }),
    'tom',
  )
  expect(long?.line).toMatch(/^Ada replied: \*\*Hello\*\* __init__\.py word .*…$/)
  expect(long?.line?.length).toBeLessThan(110)
  expect(eventToast(comment({ body: 'psst', internal: true }), 'x')?.line).toBe(
    'Ada left an internal note: psst',
  )
  expect(eventToast(comment({ body: '', internal: false }), 'tom')?.line).toBe(
    'Ada replied with a file',
  )
})

test('everyone gets the urgent alert, without a link to a ticket that they may not see', () => {
  const data = { number: 9, oldPriority: null, newPriority: 'urgent' } as const
  const toast = eventToast({ name: 'ticket:urgent', data, meta }, 'tom')
  expect(toast).toMatchObject({ id: 'urgent-9', title: 'Ticket #9 is urgent', tone: 'urgent' })
  expect(toast?.ticketNumber).toBe(undefined)
  expect(toast?.news?.several(3)).toBe('3 tickets are urgent')
})

test('a burst says what it is about, and leads to the list that has it', () => {
  const made = { ticketId: 'one', ticket: { ...ticket, description: '', watchers: [] } }
  const raised = eventToast({ name: 'ticket:created', data: made, meta }, 'ada')?.news
  expect([raised?.several(4), raised?.where.view]).toEqual(['4 new tickets', 'open'])

  const closed = { ...state, ticket: { ...ticket, status: 'closed' } } as const
  const moved = { ...closed, oldStatus: 'open', newStatus: 'closed' } as const
  const changed = eventToast({ name: 'ticket:statusChanged', data: moved, meta }, 'tom')?.news
  expect([changed?.several(12), changed?.where.view]).toEqual(['Ada changed 12 tickets', 'closed'])

  const given = { ...state, changes: { assignee: { old: null, new: tom } }, updatedBy: ada }
  const assigned = eventToast({ name: 'ticket:updated', data: given, meta }, 'tom')?.news
  expect(assigned?.several(2)).toBe('Ada assigned 2 tickets to you')
  expect(assigned?.group).not.toBe(changed?.group)
})

test('of other people’s tickets only new and urgent ones concern a reader', () => {
  const moved = { ...state, oldStatus: 'open', newStatus: 'waiting' } as const
  expect(eventToast({ name: 'ticket:statusChanged', data: moved, meta: others }, 'ada')).toBe(
    undefined,
  )
  expect(eventToast({ ...comment({ body: 'Hello', internal: false }), meta: others }, 'ada')).toBe(
    undefined,
  )
  const made = { ticketId: 'one', ticket: { ...ticket, description: '', watchers: [] } }
  expect(eventToast({ name: 'ticket:created', data: made, meta: others }, 'ada')?.line).toBe(
    'Tom raised this ticket',
  )
  const lines = (['high', 'urgent'] as const).map((newPriority) => {
    const data = { ...state, oldPriority: 'low', newPriority } as const
    return eventToast({ name: 'ticket:priorityChanged', data, meta: others }, 'ada')?.line
  })
  expect(lines).toEqual([undefined, 'Tom made it Urgent priority'])
})

test('what concerns a person has a reason, unless they did it elsewhere, and is silent while it is snoozed', () => {
  const data = { ...state, oldStatus: 'open', newStatus: 'waiting' } as const
  const moved = (part: Partial<Meta>): DeskEvent => ({
    name: 'ticket:statusChanged',
    data: { ...data, ticket: { ...ticket, assignee: ada } },
    meta: { ...others, ...part },
  })
  expect(eventToast(moved({ reason: 'watched' }), 'ada')?.line).toBe('Tom moved it to Waiting')
  expect(eventToast(moved({ reason: 'watched', snooze: 'on' }), 'ada')).toBeUndefined()
  // She muted it.
  expect(eventToast(moved({ participant: true }), 'ada')).toBeUndefined()
  expect(eventToast(moved({ actor: by(ada) }), 'ada')?.line).toBe('You moved it to Waiting')
})

test('a ticket that comes back from a snooze gets a toast', () => {
  const notification = {
    ticketId: 'one',
    reason: 'reply' as const,
    at,
    reasons: { reply: 5 },
    seq: 7,
    unread: [7],
    done: false,
    snoozedUntil: null,
    muted: false,
  } satisfies Notification
  const back = (actor: ActorRef): DeskEvent => ({
    name: 'notification:changed',
    data: { ticketId: 'one', notification },
    meta: { ...others, actor },
  })
  const bySystem = back({ kind: 'system', name: 'snoozing' })
  expect(eventToast(bySystem, 'ada', ticket)?.line).toBe('It was snoozed until now')
  expect(eventToast(back(by(ada)), 'ada', ticket)).toBeUndefined()
})

test('a new watcher gets a toast', () => {
  const data = { ...state, changes: { watchers: { old: [tom], new: [tom, ada] } }, updatedBy: tom }
  const event: DeskEvent = { name: 'ticket:updated', data, meta: others }
  expect(eventToast(event, 'ada')?.line).toBe('Tom added you as a watcher')
  expect(eventToast(event, 'tom')).toBeUndefined()
})

test('a person who gains access gets a toast, once the ticket is known', () => {
  const event: DeskEvent = { name: 'access:gained', data: { ticketId: 'one' }, meta: others }
  expect(eventToast(event, 'x', ticket)).toMatchObject({
    id: 'ticket-one',
    title: '#1042 Paper jam',
    line: 'Tom added you as a watcher',
    ticketNumber: 1042,
  })
})

test('only the new assignee gets a toast about an assignment', () => {
  const changes = { assignee: { old: null, new: ada } }
  const event: DeskEvent = {
    name: 'ticket:updated',
    data: { ...state, ticket: { ...ticket, assignee: ada }, changes, updatedBy: tom },
    meta: others,
  }
  expect(eventToast(event, 'ada')?.line).toBe('Tom assigned it to you')
  expect(eventToast(event, 'x')).toBeUndefined()
})
