import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverContext } from '../../audit/audit-context.ts'
import { createTestDatabase, startTestDesk } from '../../testing/index.ts'
import { logQueries } from '../../testing/log-queries.ts'
import type { TestDatabase, TestDesk } from '../../testing/index.ts'
import { deleteComment } from './delete-comment.ts'

let database: TestDatabase
let desk: TestDesk
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
})
afterAll(() => desk.stop())

interface PlanNode {
  'Actual Rows': number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

test('[LG6] removing a comment from a long history reads only the events of that comment', async () => {
  const ada = await desk.someone('admin', 'Ada')
  const made = await ada.call('createTicket', { body: { title: 'Long', description: '' } })
  const ticketId = made.body.ticket.id
  const params = { id: ticketId }
  const { comment } = (await ada.call('addComment', { params, body: { body: 'plugh' } })).body
  await ada.call('editComment', { params: { id: comment.id }, body: { body: 'plugh again' } })
  // These events lie below the log's floor, where no one reads.
  await sql`
    insert into events (seq, tag, at, name, ticket_id, audience, people, data)
    select -n, 'past', now(), 'ticket:commentAdded', ${ticketId}, 'participants', '{}',
      json_build_object('comment', json_build_object('id', gen_random_uuid(), 'body', 'other'))
    from generate_series(1, 3000) n`.execute(desk.db)
  await database.pool.query('vacuum analyze events')

  const { db, queries } = logQueries(database)
  const { id, name, role } = ada
  const { sessionId } = await desk.db
    .selectFrom('sessions')
    .select('id as sessionId')
    .where('person_id', '=', id)
    .executeTakeFirstOrThrow()
  const actor = { kind: 'person' as const, id, name, role, color: 0, sessionId }
  const request = { actor, key: randomUUID(), fingerprint: '', audit: serverContext }
  await deleteComment(db, request, comment.id)
  const scrubs = queries.filter((query) => query.sql.includes('update events'))
  expect(scrubs).toHaveLength(1)

  // Runs the update once more to get its plan: the event that it finds has no text any more.
  const { rows } = await database.pool.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `explain (analyze, format json) ${scrubs[0]?.sql}`,
    [...(scrubs[0]?.parameters ?? [])],
  )
  const nodes = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)))
  expect(nodes.map((node) => node['Rows Removed by Filter'] ?? 0)).toEqual(nodes.map(() => 0))
  expect(nodes[1]?.['Actual Rows']).toBe(3)
})
