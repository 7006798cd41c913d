import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { avatarColors } from '@deskbell/contract'
import { migrate } from '../database/migrate.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { migrateUntil } from '../testing/migrate-until.ts'

async function hire(desk: TestDesk, role: 'sales' | 'admin', count: number): Promise<number[]> {
  const colors: number[] = []
  for (let made = 0; made < count; made += 1) {
    const { id } = await desk.someone(role, `${role} ${randomUUID()}`)
    const person = desk.db.selectFrom('people').select('color').where('id', '=', id)
    colors.push((await person.executeTakeFirstOrThrow()).color)
  }
  return colors
}

test('the first people of a desk all have different colours', async () => {
  await using desk = await startTestDesk()
  const colors = [
    ...(await hire(desk, 'admin', 5)),
    ...(await hire(desk, 'sales', 10)),
    ...(await hire(desk, 'admin', 9)),
  ]
  expect(new Set(colors).size).toBe(avatarColors)
})

test('staff have different colours, however many requesters came before', async () => {
  await using desk = await startTestDesk()
  const first = await hire(desk, 'admin', 3)
  await hire(desk, 'sales', 2 * avatarColors + 5)
  const later = await hire(desk, 'admin', avatarColors - 3)
  expect(new Set([...first, ...later]).size).toBe(avatarColors)
})

test('a person who left gives the colour back', async () => {
  await using desk = await startTestDesk()
  const colors = await hire(desk, 'admin', avatarColors)
  const left = await desk.db
    .updateTable('people')
    .set({ active: false })
    .where('color', '=', 7)
    .returning('color')
    .execute()
  expect(left).toHaveLength(1)
  expect(colors).toContain(7)
  expect(await hire(desk, 'admin', 1)).toEqual([7])
})

test('a person has one colour in every place', async () => {
  await using desk = await startTestDesk()
  await desk.someone('sales', 'Sam')
  const ada = await desk.someone('super_admin', 'Ada')
  const made = await ada.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { creator } = made.body.ticket
  const read = await ada.call('ticket', { params: { ref: made.body.ticket.id } })
  const [actor] = read.body.timeline.map((line) => line.actor)
  const { people } = (await ada.call('names')).body
  const accounts = (await ada.call('people')).body.people
  const logged = await desk.db.selectFrom('events').select('actor').executeTakeFirstOrThrow()
  expect([
    creator.color,
    actor?.kind === 'person' && actor.person.color,
    (await ada.call('me')).body.me.color,
    people.find(({ id }) => id === ada.id)?.color,
    accounts.find(({ id }) => id === ada.id)?.color,
    (logged.actor as { person: { color: number } }).person.color,
  ]).toEqual(Array(6).fill(1))
})

test('people and events from before have their colours', async () => {
  await using database = await createTestDatabase()
  const { pool } = database
  await migrateUntil(database, '0031_avatar_colors.sql')
  const [sam, ada] = [randomUUID(), randomUUID()]
  await pool.query(
    `insert into people (id, name, email, role) values
     ($1, $3, 'sam@desk.example', 'sales'), ($2, 'Ada', 'ada@desk.example', 'admin')`,
    [sam, ada, 'Sam "the {\\} man"'],
  )
  const person = { id: sam, name: 'Sam "the {\\} man"', staff: false, active: true }
  const other = { id: ada, name: 'Ada', staff: true, active: true }
  const text = JSON.stringify(person)
  const data = { comment: { author: person, body: text }, changes: { new: [other, person] } }
  const row = { creator: person, assignee: null, lastAuthor: other }
  await pool.query(
    `insert into events (seq, tag, at, name, audience, people, actor, data, ticket, staff_ticket)
     values (1, 't', now(), 'ticket:commentAdded', 'participants', '{}', $1, $2, $3, $3),
       (2, 'u', now(), 'person:accountChanged', 'super_admins', '{}', null, $4, null, null)`,
    [{ kind: 'person', person: other }, data, row, { account: { id: sam, name: person.name } }],
  )
  await migrate(database.listen)

  const colors = await pool.query('select id, color from people order by color')
  expect(colors.rows).toEqual([
    { id: ada, color: 0 },
    { id: sam, color: 1 },
  ])
  const events = await pool.query(
    'select actor, data, ticket, staff_ticket from events order by seq',
  )
  const [colored, otherColored] = [
    { ...person, color: 1 },
    { ...other, color: 0 },
  ]
  const newRow = { creator: colored, assignee: null, lastAuthor: otherColored }
  expect(events.rows).toEqual([
    {
      actor: { kind: 'person', person: otherColored },
      data: {
        comment: { author: colored, body: text },
        changes: { new: [otherColored, colored] },
      },
      ticket: newRow,
      staff_ticket: newRow,
    },
    {
      actor: null,
      data: { account: { id: sam, name: person.name, color: 1 } },
      ticket: null,
      staff_ticket: null,
    },
  ])
})
