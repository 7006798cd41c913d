import { expect, test } from 'vitest'
import { filterFields, initialFields, pick } from '@deskbell/contract'
import type { ActorRef, Attachment, Comment, PersonRef } from '@deskbell/contract'
import { applyLooks, mergeRow } from './apply-replies.ts'
import { foldRow } from './fold-row.ts'
import type { CachedRow } from './fold-row.ts'
import { foldTicket } from './fold-ticket.ts'
import type { OpenTicket } from './open-ticket.ts'
import { patchPerson } from './patch-person.ts'
import { createStore } from './store.ts'
import { newestRange } from './timeline-ranges.ts'
import { event, person, row, statusChanged, ticket, time } from '../testing/build.ts'

const meId = 'person-Me'
const me = person('Me')
const by = (person: PersonRef): ActorRef => ({ kind: 'person', person })
const before = pick(initialFields, filterFields)

test('[RD9] a change by the reader keeps a seen ticket seen and an unseen ticket unseen', () => {
  const acted = statusChanged(9, row(1), 'waiting', { actor: by(me) })
  expect(foldRow(known({ seen: 1 }), acted, meId)?.seen).toBe(9)
  expect(foldRow(known({ seen: 0 }), acted, meId)?.seen).toBe(0)
  expect(foldRow(known({ seen: 1 }), statusChanged(9, row(1), 'waiting'), meId)?.seen).toBe(1)
})

test('[RD9] what the system does leaves a seen ticket seen, and an unseen one unseen', () => {
  const actor = { kind: 'system', name: 'closing' } as const
  const closed = statusChanged(9, row(1), 'closed', { actor })
  expect(foldRow(known({ seen: 1 }), closed, meId)?.seen).toBe(9)
  expect(foldRow(known({ seen: 0 }), closed, meId)?.seen).toBe(0)
  expect(foldRow(undefined, closed, meId)?.seen).toBe(9)
  expect(foldTicket(open, closed).timeline).toMatchObject([{ kind: 'status', actor }])
})

test('[PR10] of what is said about who has looked, the latest position counts', () => {
  const store = createStore({ id: meId, role: 'admin' })
  const told = (seq: number, people: number) => ({
    ticketId: 'ticket-1',
    seq,
    seenBy: [],
    eyes: { people, lastAt: null, since: time(1) },
  })
  for (const [seq, people] of [
    [9, 1],
    [12, 2],
    [11, 3],
  ] as const)
    applyLooks(store, told(seq, people))
  expect(store.looks.get('ticket-1')?.eyes.people).toBe(2)
})

test('[RD12] the first look marks the row, and an unknown ticket stays unknown', () => {
  const looked = event('ticket:looked', 9, { ticketId: 'ticket-1', eyes: 1 })
  const unlooked = { ...row(1), looked: false }
  expect(foldRow(known({ row: unlooked }), looked, meId)).toMatchObject({
    row: { ...unlooked, looked: true },
    seq: 9,
  })
  expect(foldRow(undefined, looked, meId)).toBeUndefined()
})

test('[RD9] a reply corrects what an event of the system only guessed about an unknown ticket', () => {
  const store = createStore({ id: meId, role: 'admin' })
  const actor = { kind: 'system', name: 'closing' } as const
  const closed = foldRow(undefined, statusChanged(9, row(1), 'closed', { actor }), meId)
  if (closed?.row === undefined) throw new Error('The event brings the row.')
  for (const seq of [9, 12]) {
    store.rows.set(closed.row.id, closed)
    mergeRow(store, { ...closed.row, seen: 1 }, seq, [])
    expect(store.rows.get(closed.row.id)?.seen).toBe(1)
  }
})

test('[RD9] a new ticket is seen by its creator', () => {
  const data = { ticketId: 'ticket-1', ticket: ticket(1) }
  expect(foldRow(undefined, event('ticket:created', 9, data, { actor: by(me) }), meId)?.seen).toBe(
    9,
  )
  expect(foldRow(undefined, event('ticket:created', 9, data), meId)?.seen).toBe(0)
})

test('[RD9] a ticket seen in another window is seen, also when its row is unknown', () => {
  const looked = event('ticket:seen', 8, { ticketId: 'ticket-1', seen: 7 })
  expect(foldRow(known({ seen: 0 }), looked, meId)?.seen).toBe(7)
  const unheard = foldRow(undefined, looked, meId)
  expect(unheard).toMatchObject({ row: undefined, isLost: false, seen: 7 })
  // It may have been a look at a part of it.
  expect(foldRow(unheard, statusChanged(9, row(1), 'waiting', { actor: by(me) }), meId)?.seen).toBe(
    7,
  )
})

test('[RD2] a row ignores older events', () => {
  const fresh = known({ seq: 10 })
  expect(foldRow(fresh, statusChanged(9, row(1), 'closed'), meId)).toBe(fresh)
  expect(foldRow(fresh, statusChanged(10, row(1), 'closed'), meId)).toBe(fresh)
  expect(foldRow(fresh, statusChanged(11, row(1), 'closed'), meId)?.row?.status).toBe('closed')
})

test('[AU3] a lost ticket has no row', () => {
  const lost = event('access:lost', 9, { ticketId: 'ticket-1', before })
  expect(foldRow(known({}), lost, meId)).toEqual({
    row: undefined,
    isLost: true,
    seen: 0,
    seq: 9,
  })
})

test('[RD10] each change adds one line to the history', () => {
  const { ticket: whole } = open
  const about = { ticketId: whole.id, before }
  const changes = {
    title: { old: 'a', new: 'b' },
    description: { old: '', new: 'more' },
    watchers: { old: [], new: [me] },
  }
  const updated = { ...about, ticket: row(1, { title: 'b', version: 9 }), changes, updatedBy: me }
  const after = foldTicket(open, event('ticket:updated', 9, updated, { actor: by(me) }))
  expect(after.ticket).toMatchObject({
    title: 'b',
    description: 'more',
    watchers: [me],
    version: 9,
  })
  expect(after.timeline).toEqual([{ kind: 'updated', seq: 9, at: time(9), actor: by(me), changes }])

  const moved = foldTicket(after, statusChanged(10, row(1), 'waiting', { actor: by(me) }))
  expect(moved.timeline.at(-1)).toEqual({
    kind: 'status',
    seq: 10,
    at: time(10),
    actor: by(me),
    old: 'open',
    new: 'waiting',
  })
  const priority = {
    ...about,
    ticket: row(1, { priority: 'high' }),
    oldPriority: 'medium',
    newPriority: 'high',
  } as const
  const raised = foldTicket(moved, event('ticket:priorityChanged', 11, priority))
  expect(raised.timeline.at(-1)).toMatchObject({
    kind: 'priority',
    old: 'medium',
    new: 'high',
    seq: 11,
  })
  expect(raised.timeline).toHaveLength(3)
})

test('[RD10] an edited or deleted comment changes in its line and adds none', () => {
  const about = { ticketId: 'ticket-1', ticket: row(1, { commentCount: 1 }), before }
  const added = foldTicket(open, event('ticket:commentAdded', 9, { ...about, comment }))
  expect(added.timeline).toMatchObject([{ kind: 'comment', comment: { body: 'hello' } }])
  expect(added.ticket.commentCount).toBe(1)
  const corrected = { ...comment, body: 'hallo', editedAt: time(10) }
  const edited = foldTicket(
    added,
    event('ticket:commentEdited', 10, { ...about, comment: corrected }),
  )
  expect(edited.timeline).toMatchObject([{ kind: 'comment', seq: 9, comment: { body: 'hallo' } }])
  const removed = { ...corrected, body: '', deletedAt: time(11) }
  const deleted = foldTicket(
    edited,
    event('ticket:commentDeleted', 11, { ...about, comment: removed }),
  )
  expect(deleted.timeline).toMatchObject([
    { kind: 'comment', seq: 9, comment: { body: '', deletedAt: time(11) } },
  ])
})

test('[RD10] a file without a comment adds a line', () => {
  const about = { ticketId: 'ticket-1', ticket: row(1), before, uploadedBy: me }
  const direct = foldTicket(
    open,
    event('ticket:attachmentAdded', 9, { ...about, attachment: file }),
  )
  expect(direct.attachments).toEqual([file])
  expect(direct.timeline).toMatchObject([
    { kind: 'attachmentAdded', attachmentId: file.id, commentId: null, name: 'a.txt' },
  ])
  const bound = { ...file, id: 'file-0', commentId: comment.id }
  const both = foldTicket(
    direct,
    event('ticket:attachmentAdded', 10, { ...about, attachment: bound }),
  )
  expect(both.attachments.map(({ id }) => id)).toEqual(['file-0', 'file-1'])
  expect(both.timeline).toHaveLength(1)

  const gone = {
    ticketId: 'ticket-1',
    ticket: row(1),
    before,
    name: 'a.txt',
    internal: false,
    deletedBy: me,
  }
  const unbound = foldTicket(
    both,
    event('ticket:attachmentDeleted', 11, {
      ...gone,
      attachmentId: 'file-0',
      commentId: comment.id,
    }),
  )
  expect(unbound.timeline).toHaveLength(1)
  const empty = foldTicket(
    unbound,
    event('ticket:attachmentDeleted', 12, { ...gone, attachmentId: 'file-1', commentId: null }),
  )
  expect(empty.attachments).toEqual([])
  expect(empty.timeline.at(-1)).toEqual({
    kind: 'attachmentDeleted',
    seq: 12,
    at: time(12),
    actor: by(person('Ada')),
    attachmentId: 'file-1',
    name: 'a.txt',
    internal: false,
  })
})

test('[CK5] an event that only a later version knows still brings its row', () => {
  const later = { ...statusChanged(9, row(1), 'waiting'), name: 'ticket:folded' } as never
  expect(foldRow(known({}), later, meId)?.row?.status).toBe('waiting')
  const after = foldTicket(open, later)
  expect(after.ticket).toMatchObject({ status: 'waiting', version: 9 })
  expect(after.timeline).toEqual([])
})

test('[CL10] events about other tickets keep the identity of a ticket', () => {
  expect(foldTicket(open, statusChanged(9, row(2), 'closed'))).toBe(open)
  expect(
    foldTicket(
      open,
      event('ticket:urgent', 9, { number: 1, oldPriority: null, newPriority: 'urgent' }),
    ),
  ).toBe(open)
  const stranger = { person: person('Zoe', { name: 'Zo' }), assignedActive: 0, wasAssignable: true }
  expect(foldTicket(open, event('person:changed', 9, stranger))).toBe(open)
})

test('a person gets the new name everywhere in a value', () => {
  const renamed = person('Ada', { name: 'Ada L.' })
  const mixed = {
    list: [person('Ada'), me],
    deep: { actor: person('Ada'), at: 'x' },
    other: { id: 'person-Ada' },
  }
  expect(patchPerson(mixed, renamed)).toEqual({
    list: [renamed, me],
    deep: { actor: renamed, at: 'x' },
    other: { id: 'person-Ada' },
  })
  expect(patchPerson(mixed, person('Bo'))).toBe(mixed)
  expect(patchPerson(mixed, person('Ada'))).toBe(mixed)
})

const open: OpenTicket = {
  ticket: ticket(1),
  timeline: [],
  attachments: [],
  ...newestRange([], null),
}

const comment: Comment = {
  id: 'comment-1',
  author: person('Ada'),
  body: 'hello',
  internal: false,
  createdAt: time(9),
  editedAt: null,
  editedBy: null,
  deletedAt: null,
}

const file: Attachment = {
  id: 'file-1',
  commentId: null,
  name: 'a.txt',
  type: 'text/plain',
  size: 3,
  internal: false,
  image: false,
  uploader: me,
  createdAt: time(9),
}

function known(entry: Partial<CachedRow>): CachedRow {
  return { row: row(1), isLost: false, seen: 0, seq: 1, ...entry }
}
