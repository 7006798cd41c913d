import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { client } from './client.ts'
import type { Desk } from './desk.ts'

/** A word that 50 tickets contain. */
export const rareWord = 'xylophone'

/** The person who set the desk up and can sign in. */
export interface Owner {
  email: string
  password: string
}

export interface Crew {
  owner: Owner
  /** Session cookies, one a person. All of them are admins. */
  cookies: string[]
}

const ticketCount = 10_000
const adminCount = 50
const salesCount = 50
/** The vocabulary's size. As in any language, a few words make up most of the text. */
const wordCount = 3_000

/**
 * Writes 10,000 tickets over two years, each of 60 words with three comments, as real changes would have left them:
 * versions, counts, history, search. Their events are older than the events that the log keeps. No server may follow
 * the log meanwhile.
 */
export async function fill({ url, setUpToken, databaseUrl }: Desk): Promise<Crew> {
  const owner = { email: 'owner@bench.example', password: 'a garden of nine plums' }
  await client(url, '').call('POST', '/api/setup', { token: setUpToken, name: 'Olga', ...owner })
  const database = new pg.Client(databaseUrl())
  await database.connect()
  const cookies = await insertPeople(database)
  await database.query('begin')
  await database.query(closeNothing)
  await database.query(words)
  await database.query(tickets)
  await database.query(comments)
  await database.query(history)
  await database.query(eyes)
  await database.query('commit')
  await database.query('vacuum analyze')
  await database.end()
  return { owner, cookies }
}

/** Creates names and sessions for everyone; the database stores only the hash of a token. */
async function insertPeople(database: pg.Client): Promise<string[]> {
  await database.query(`
    insert into people (id, email, name, role, password_hash)
    select uuidv7(), 'person' || n || '@bench.example', 'Person Number ' || n,
      (case when n <= ${adminCount} then 'admin' else 'sales' end)::role, 'none'
    from generate_series(1, ${adminCount + salesCount}) n order by n`)
  const admins = await database.query<{ id: string }>(
    `select id from people where role = 'admin' order by id`,
  )
  const cookies: string[] = []
  for (const { id } of admins.rows) {
    const token = randomBytes(20).toString('base64url')
    await database.query(
      `insert into sessions (id, person_id, token_hash, expires_at, ends_at)
       values (uuidv7(), $1, $2, now() + interval '7 days', now() + interval '30 days')`,
      [id, createHash('sha256').update(token).digest()],
    )
    cookies.push(`deskbell=${token}`)
  }
  return cookies
}

/** Else the server closes the old resolved tickets while it is measured. */
export const closeNothing = `update desk_settings set settings = '{"closeAfterDays": 0}'`

/** Nobody of the staff has looked at one of twenty tickets. */
export const eyes = `
  insert into ticket_eyes (ticket_id, active, asked, asked_at, looked, looked_at, number, pressing)
  select id, status in ('open', 'in_progress', 'waiting'), 0, created_at, number % 20 > 0,
    case when number % 20 > 0 then created_at + interval '10 minutes' end, number, pressing(priority)
  from tickets`

const words = `
  create function pg_temp.text(p_words integer) returns text language sql volatile as $$
    select string_agg('w' || floor(${wordCount} * power(random(), 3))::integer, ' ') from generate_series(1, p_words)
  $$;
  create temporary table crew as
    select id, role, row_number() over (partition by role order by id) - 1 as n from people`

const tickets = `
  insert into tickets (id, title, description, status, priority, creator_id, assignee_id, last_author_id, comment_count,
    staff_comment_count, created_at, updated_at, staff_updated_at, version, staff_version)
  select uuidv7(at - now()), initcap(pg_temp.text(6)), pg_temp.text(60),
    (array['open', 'open', 'in_progress', 'waiting', 'open', 'resolved', 'closed', 'closed', 'closed', 'closed'])[1 + t.n % 10]::status,
    (array['low', 'medium', 'medium', 'medium', 'high', 'high', 'urgent'])[1 + t.n % 7]::priority,
    (select id from crew where role = 'sales' and crew.n = t.n % ${salesCount}),
    assignee.id, assignee.id, 3, 3, at, at + interval '3 hours', at + interval '3 hours', t.n * 4, t.n * 4
  from (
    select n, date_trunc('milliseconds', now() - (${ticketCount} - n) * interval '105 minutes' - interval '8 days') as at
    from generate_series(1, ${ticketCount}) n
  ) t
  left join crew assignee on assignee.role = 'admin' and assignee.n = t.n % ${adminCount} and t.n % 5 > 0
  order by t.n`

const comments = `
  insert into comments (id, ticket_id, author_id, body, internal, created_at)
  select uuidv7(at - now()), t.id, case when k = 2 then t.creator_id else coalesce(t.assignee_id, t.creator_id) end,
    pg_temp.text((array[40, 30, 45])[k]) || case when k = 3 and t.number % ${ticketCount / 50} = 0 then ' ${rareWord}' else '' end,
    false, at
  from tickets t, generate_series(1, 3) k, lateral (select t.created_at + k * interval '1 hour' as at) moment
  order by t.number, k`

const history = `
  insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only)
  select number * 4 - 3, id, created_at, creator_id, 'created', false from tickets order by number;
  insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only, comment_id)
  select t.number * 4 - 3 + row_number() over (partition by t.id order by c.created_at), t.id, c.created_at, c.author_id, 'comment', false, c.id
  from comments c join tickets t on t.id = c.ticket_id order by 1;
  insert into seen (person_id, ticket_id, seq)
  select crew.id, t.id, t.staff_version from tickets t join crew on crew.role = 'admin' and (t.number + crew.n) % 2 = 0 and crew.n < 10;
  update log set head = ${ticketCount * 4}, floor = ${ticketCount * 4}, floor_tag = head_tag`
