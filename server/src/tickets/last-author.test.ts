import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TicketRow } from '@deskbell/contract'
import { migrate } from '../database/migrate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { migrateUntil } from '../testing/migrate-until.ts'

let desk: TestDesk
let ada: TestPerson
let root: TestPerson
let sam: TestPerson
let sue: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  ada = await desk.someone('admin', 'Ada')
  root = await desk.someone('super_admin', 'Root')
  sam = await desk.someone('sales', 'Sam')
  sue = await desk.someone('sales', 'Sue')
})
afterAll(() => desk.stop())

/** Creates a ticket of Sam's that Sue watches. */
async function newTicket(): Promise<string> {
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { id } = made.body.ticket
  await ada.call('watch', { params: { id, userId: sue.id } })
  return id
}

async function say(person: TestPerson, id: string, body: string, internal = false) {
  const made = await person.call('addComment', { params: { id }, body: { body, internal } })
  return made.body.comment.id
}

/** Who wrote last, as lists, the ticket and the last event that the reader may see tell it. */
async function toldTo(reader: TestPerson, id: string): Promise<string[]> {
  const [list, open] = [
    await reader.call('tickets'),
    await reader.call('ticket', { params: { ref: id } }),
  ]
  const isStaff = reader.role !== 'sales'
  const event = await desk.db
    .selectFrom('events')
    .select(['ticket', 'staff_ticket'])
    .where('seq', '=', open.body.ticket.version)
    .executeTakeFirstOrThrow()
  const rows = [
    list.body.items.find((row) => row.id === id),
    open.body.ticket,
    (isStaff ? event.staff_ticket : event.ticket) as TicketRow,
  ]
  return rows.map((row) => row?.lastAuthor.name ?? '')
}

async function expectLast(id: string, author: TestPerson): Promise<void> {
  for (const reader of [ada, root, sam, sue])
    expect(await toldTo(reader, id)).toEqual(Array(3).fill(author.name))
}

test('a row says who wrote the last public message: a comment, or at first the description', async () => {
  const id = await newTicket()
  await expectLast(id, sam)
  await say(ada, id, 'Which printer?')
  await expectLast(id, ada)
  await say(sue, id, 'The one beside the door')
  await expectLast(id, sue)
  await say(sam, id, 'The grey one')
  await expectLast(id, sam)
  await ada.call('changeStatus', { params: { id }, body: { status: 'in_progress' } })
  await ada.upload(id, { content: 'x' })
  await expectLast(id, sam)
})

test('[DL8] an internal note changes nothing of who wrote last, for anyone', async () => {
  const id = await newTicket()
  await say(sam, id, 'Hello?')
  const note = await say(ada, id, 'A difficult one', true)
  await expectLast(id, sam)
  await ada.call('editComment', { params: { id: note }, body: { body: 'An easy one' } })
  await ada.call('deleteComment', { params: { id: note } })
  await expectLast(id, sam)
})

test('a removed comment was not written: the one before it is the last', async () => {
  const id = await newTicket()
  const first = await say(ada, id, 'Is it on?')
  const second = await say(root, id, 'Which one?')
  await say(ada, id, 'A note', true)
  await root.call('deleteComment', { params: { id: first } })
  await expectLast(id, root)
  await root.call('deleteComment', { params: { id: second } })
  await expectLast(id, sam)
})

test('who wrote last is told under the present name', async () => {
  const bob = await desk.someone('admin', 'Bob')
  const id = await newTicket()
  await say(bob, id, 'On my way')
  await bob.call('editMe', { body: { name: 'Robert' } })
  const { lastAuthor } = (await sam.call('ticket', { params: { ref: id } })).body.ticket
  expect(lastAuthor).toMatchObject({ id: bob.id, name: 'Robert', staff: true, active: true })
})

test('a desk from before knows who wrote last, in its tickets and in the rows of its events', async () => {
  await using database = await createTestDatabase()
  const { pool } = database
  await migrateUntil(database, '0029_last_author.sql')
  const [sales, staff] = [randomUUID(), randomUUID()]
  await pool.query(
    `insert into people (id, name, email, role) values
     ($1, 'Sam', 'sam@desk.example', 'sales'), ($2, 'Ada', 'ada@desk.example', 'admin')`,
    [sales, staff],
  )
  const creator = { id: sales, name: 'Sam', staff: false, active: true }
  const author = { id: staff, name: 'Ada', staff: true, active: true }

  /** A ticket of Sam's with these comments and an event for each. Returns its id. */
  async function ticketWith(
    comments: { by: string; internal?: boolean; removed?: boolean }[],
  ): Promise<string> {
    const id = randomUUID()
    await pool.query(
      `insert into tickets (id, title, description, creator_id) values ($1, '', '', $2)`,
      [id, sales],
    )
    for (const { by, internal = false, removed = false } of comments) {
      const commentId = randomUUID()
      await pool.query(
        `insert into comments (id, ticket_id, author_id, body, internal, deleted_at)
         values ($1, $2, $3, '', $4, case when $5 then now() end)`,
        [commentId, id, by, internal, removed],
      )
      const event = {
        name: 'ticket:commentAdded',
        ticketId: id,
        data: {},
        audience: internal ? 'staff' : 'participants',
        people: [sales],
        ticket: { id, creator },
        staffTicket: { id, creator },
        timeline: { kind: 'comment', commentId },
      }
      const actor = { kind: 'person', person: by === sales ? creator : author }
      await pool.query('select append_events($1, null, $2)', [
        JSON.stringify(actor),
        JSON.stringify([event]),
      ])
    }
    return id
  }
  const asked = await ticketWith([{ by: sales, internal: false }])
  const noted = await ticketWith([{ by: staff, internal: true }])
  const answered = await ticketWith([{ by: sales }, { by: staff }, { by: staff, internal: true }])
  const removed = await ticketWith([{ by: sales }, { by: staff, removed: true }])
  const again = await ticketWith([{ by: staff }, { by: sales }])
  await migrate(database.listen)

  const { rows } = await pool.query('select id, last_author_id from tickets order by number')
  expect(rows).toEqual([
    { id: asked, last_author_id: null },
    { id: noted, last_author_id: null },
    { id: answered, last_author_id: staff },
    { id: removed, last_author_id: null },
    { id: again, last_author_id: null },
  ])
  const told = await pool.query<{ told: unknown[] }>(
    `select json_agg(ticket #>> '{lastAuthor,name}' order by seq) as told from events
     where ticket -> 'lastAuthor' = staff_ticket -> 'lastAuthor'
     group by ticket_id order by min(seq)`,
  )
  expect(told.rows.map((row) => row.told)).toEqual([
    ['Sam'],
    ['Sam'],
    ['Sam', 'Ada', 'Ada'],
    ['Sam', 'Sam'],
    ['Ada', 'Sam'],
  ])
})
