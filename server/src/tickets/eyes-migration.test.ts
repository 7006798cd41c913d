import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../database/migrate.ts'
import { createTestDatabase } from '../testing/index.ts'
import { migrateUntil } from '../testing/migrate-until.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

test('after the migration, who has looked is what people had seen before', async () => {
  const { pool } = database
  await migrateUntil(database, '0034_eyes.sql')
  const people = { ada: randomUUID(), bea: randomUUID(), sam: randomUUID() }
  for (const [name, id] of Object.entries(people))
    await pool.query('insert into people (id, email, name, role) values ($1, $2, $2, $3)', [
      id,
      name,
      name === 'sam' ? 'sales' : 'admin',
    ])

  type Name = keyof typeof people
  /** A ticket with these lines of its history, and how many of them people had seen. */
  async function ticket(
    creator: Name,
    lines: { by: Name; note?: boolean }[],
    seen: Partial<Record<Name, number>>,
    status = 'open',
  ): Promise<void> {
    const id = randomUUID()
    await pool.query(
      `insert into tickets (id, title, description, creator_id, status) values ($1, '', '', $2, $3)`,
      [id, people[creator], status],
    )
    const made = [{ by: creator, note: false }, ...lines]
    for (const [index, { by, note = false }] of made.entries())
      await pool.query(
        `insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only)
         values ((select count(*) + 1 from timeline), $1, now(), $2, $3, $4)`,
        [id, people[by], index === 0 ? 'created' : 'comment', note],
      )
    for (const [name, count] of Object.entries(seen))
      await pool.query(`insert into seen select $1, $2, (select count(*) from timeline) - $3`, [
        people[name as Name],
        id,
        made.length - count,
      ])
  }
  await ticket('sam', [], {})
  await ticket('sam', [], { sam: 1, ada: 1 })
  await ticket('sam', [{ by: 'sam' }], { ada: 1 })
  await ticket('sam', [{ by: 'sam' }, { by: 'ada', note: true }], { bea: 2 })
  await ticket('ada', [{ by: 'ada' }], { ada: 2 })
  await ticket('ada', [{ by: 'bea' }], { bea: 1 })
  await ticket('sam', [], {}, 'closed')
  await migrate(database.listen)

  const { rows } = await pool.query(
    `select e.active, e.looked, e.number = t.number and e.pressing = 2 as "isPlaced"
     from ticket_eyes e join tickets t on t.id = e.ticket_id order by t.number`,
  )
  expect(rows.every(({ isPlaced }) => isPlaced === true)).toBe(true)
  expect(rows.map(({ active, looked }) => [active, looked])).toEqual([
    [true, false],
    [true, true],
    [true, false],
    [true, true],
    [true, false],
    [true, true],
    [false, false],
  ])
})
