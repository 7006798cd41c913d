import { createHash, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'

/**
 * The least work that adds a comment to a ticket, for comparison: no permissions, no log, no history, no live update.
 */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 2 })

const http = createServer((request, response) => {
  const ticketId = request.url?.slice(1) ?? ''
  void text(request)
    .then((sent) => addComment(tokenOf(request.headers.cookie), ticketId, JSON.parse(sent)))
    .then((made) => response.end(JSON.stringify(made)))
})
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port))

function tokenOf(cookie = ''): string {
  return cookie.slice(cookie.indexOf('=') + 1)
}

async function addComment(token: string, ticketId: string, { body }: { body: string }) {
  const author = await pool.query<{ id: string }>({
    name: 'author',
    text: `select p.id, p.name, p.role from sessions s join people p on p.id = s.person_id where s.token_hash = $1`,
    values: [createHash('sha256').update(token).digest()],
  })
  const id = randomUUID()
  const now = new Date()
  const session = await pool.connect()
  await session.query('begin')
  const ticket = await session.query<{ comment_count: number }>({
    name: 'lock',
    text: `select * from tickets where id = $1 for no key update`,
    values: [ticketId],
  })
  await session.query({
    name: 'comment',
    text: `insert into comments (id, ticket_id, author_id, body, internal, created_at) values ($1, $2, $3, $4, false, $5)`,
    values: [id, ticketId, author.rows[0]?.id, body, now],
  })
  await session.query({
    name: 'count',
    text: `update tickets set comment_count = $2, updated_at = $3 where id = $1`,
    values: [ticketId, (ticket.rows[0]?.comment_count ?? 0) + 1, now],
  })
  await session.query('commit')
  session.release()
  return { ticket: ticket.rows[0], comment: { id, body } }
}
