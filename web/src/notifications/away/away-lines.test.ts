import type { ActorRef, PersonRef, TicketItem, TimelineItem } from '@deskbell/contract'
import { initialFields } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { awayLines } from './away-lines.ts'

const at = '2026-01-01T00:00:00.000Z'
const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const tom: PersonRef = { id: 'tom', name: 'Tom', staff: false, active: true, color: 1 }
const by: ActorRef = { kind: 'person', person: tom }

function ticket(part: Partial<TicketItem>): TicketItem {
  return {
    ...initialFields,
    id: 'one',
    number: 1,
    title: 'Paper jam',
    creator: tom,
    lastAuthor: tom,
    tags: [],
    commentCount: 0,
    attachmentCount: 0,
    createdAt: at,
    updatedAt: at,
    version: 7,
    seen: 0,
    ...part,
  }
}

function said(body: string): TimelineItem {
  const comment = { id: body, author: tom, body, internal: false, createdAt: at }
  const made = { ...comment, editedAt: null, editedBy: null, deletedAt: null }
  return { seq: 1, at, actor: by, kind: 'comment', comment: made }
}

function linesFor(tickets: readonly TicketItem[], me: { id: string; role: 'admin' | 'sales' }) {
  const missed = tickets.map((one) => ({ ticket: one, lines: [said('Hello')], earlier: false }))
  return awayLines(missed, me).map(({ ticket: { number }, toDo }) => [number, toDo])
}

test('what is the reader’s to do comes first', () => {
  const tickets = [
    ticket({ number: 1, assignee: { ...ada, id: 'ben' } }),
    ticket({ number: 2, assignee: ada, status: 'waiting' }),
    ticket({ number: 4, assignee: null }),
    ticket({ number: 3, assignee: ada }),
    ticket({ number: 5, assignee: null, status: 'closed' }),
  ]
  expect(linesFor(tickets, { id: 'ada', role: 'admin' })).toEqual([
    [3, 'Your answer'],
    [4, 'Nobody has it'],
    [1, undefined],
    [2, undefined],
    [5, undefined],
  ])
})

test('a requester is to answer when the team wrote last', () => {
  const tickets = [ticket({ number: 1 }), ticket({ number: 2, lastAuthor: ada })]
  expect(linesFor(tickets, { id: 'tom', role: 'sales' })).toEqual([
    [2, 'Your answer'],
    [1, undefined],
  ])
})

test('a line has two sentences at most, and says when there was more', () => {
  const missed = { ticket: ticket({}), lines: ['1', '2', '3'].map(said), earlier: false }
  const [line] = awayLines([missed], { id: 'ada', role: 'admin' })
  expect(line?.words).toEqual(['Tom replied: 2', 'Tom replied: 3'])
  expect(line?.more).toBe(true)
})
