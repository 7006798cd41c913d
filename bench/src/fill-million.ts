import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { client } from './client.ts'
import { repository } from './desk.ts'
import type { Desk } from './desk.ts'
import { closeNothing, eyes } from './fill.ts'

const adminCount = 50
const requesterCount = 2_000
const ticketCount = 1_000_000
/** One ticket of as many is of the front desk. */
const frontDeskShare = 23
/** Sessions are made for this many of each. */
const signedIn = 50

/** Session cookies, one a person. */
export interface MillionCrew {
  admins: string[]
  requesters: string[]
  /** The account of a front desk, which raised 43,000 tickets. */
  frontDesk: string[]
}

/**
 * Writes a million short tickets over ten years, each with a public comment and three lines of history. A front desk has
 * raised every 23rd, another requester 480, and each watches 50 others; a third of the admins' tickets is active. Nobody of
 * the staff has looked at 17,000 active ones, and 2,000 tickets are of the last week.
 */
export async function fillMillion({ url, setUpToken, databaseUrl }: Desk): Promise<MillionCrew> {
  const owner = { email: 'owner@bench.example', password: 'a garden of nine plums' }
  await client(url, '').call('POST', '/api/setup', { token: setUpToken, name: 'Olga', ...owner })
  const database = new pg.Client(databaseUrl())
  await database.connect()
  await database.query(closeNothing)
  await database.query(people)
  const [frontDesk = '', ...requesters] = await signIn(database, 'sales')
  const crew = { admins: await signIn(database, 'admin'), requesters, frontDesk: [frontDesk] }
  // Built at the end, the indexes of words take a minute instead of ten.
  await database.query('drop index comments_search; drop index ticket_texts_search')
  await database.query(tickets)
  await database.query(comments)
  await database.query(history)
  await database.query(eyes)
  await database.query(keptByEvents())
  await database.query(`
    create index comments_search on comments using gin (search) with (fastupdate = off);
    create index ticket_texts_search on ticket_texts using gin (search) with (fastupdate = off)`)
  await database.query('vacuum analyze')
  await database.end()
  return crew
}

/** The statements of a migration that fill, from the history, the tables that append_events keeps. */
function keptByEvents(): string {
  const file = path.join(repository, 'server/migrations/0022_acquaintances.sql')
  const filling = /^insert into ticket_people[^]*?(?=^-- )/m.exec(readFileSync(file, 'utf8'))?.[0]
  if (filling === undefined) throw new Error('the migration fills its tables')
  return filling
}

/** The database stores only the hash of a token. */
async function signIn(database: pg.Client, role: string): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    'select id from people where role = $1 order by id limit $2',
    [role, signedIn],
  )
  const cookies: string[] = []
  for (const { id } of rows) {
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

const people = `
  insert into people (id, email, name, role, password_hash)
  select uuidv7(), 'person' || n || '@bench.example', 'Person Number ' || n,
    (case when n <= ${adminCount} then 'admin' else 'sales' end)::role, 'none'
  from generate_series(1, ${adminCount + requesterCount}) n order by n`

const tickets = `
  create function pg_temp.text(p_words integer) returns text language sql volatile as $$
    select string_agg('w' || floor(3000 * power(random(), 3))::integer, ' ') from generate_series(1, p_words)
  $$;
  create temporary table crew as
    select id, role, row_number() over (partition by role order by id) - 1 as n from people;
  create unique index on crew (role, n);
  analyze crew;
  insert into tickets (id, title, description, status, priority, creator_id, assignee_id, last_author_id, comment_count,
    staff_comment_count, created_at, updated_at, staff_updated_at, version, staff_version)
  select uuidv7(at - now()), initcap(pg_temp.text(4)), pg_temp.text(8),
    (array['open', 'in_progress', 'waiting', 'resolved', 'closed', 'closed', 'closed', 'closed', 'closed'])[1 + t.n % 9]::status,
    (array['low', 'medium', 'medium', 'medium', 'high', 'high', 'urgent'])[1 + t.n % 7]::priority,
    creator.id, assignee.id, assignee.id, 1, 1, at, at + interval '1 hour', at + interval '1 hour', t.n * 3, t.n * 3
  from (
    select n, date_trunc('milliseconds', now() - (${ticketCount} - n) * interval '5 minutes' - interval '1 hour') as at
    from generate_series(1, ${ticketCount}) n
  ) t
  join crew creator on creator.role = 'sales'
    and creator.n = case when t.n % ${frontDeskShare} = 0 then 0 else t.n % ${requesterCount} end
  left join crew assignee on assignee.role = 'admin' and assignee.n = (t.n / 11) % ${adminCount} and t.n % 11 > 0
  order by t.n;
  insert into watchers (ticket_id, person_id)
  select t.id, crew.id from tickets t
  join crew on crew.role = 'sales' and crew.n = (t.number / 10 * 7) % ${requesterCount} where t.number % 10 = 0`

const comments = `
  insert into comments (id, ticket_id, author_id, body, internal, created_at)
  select uuidv7(at - now()), t.id, coalesce(t.assignee_id, t.creator_id), pg_temp.text(10), false, at
  from tickets t, lateral (select t.created_at + interval '30 minutes' as at) moment
  order by t.number`

const history = `
  insert into timeline (seq, ticket_id, at, actor_id, kind, staff_only, comment_id, data)
  select number * 3 - 2 + k, t.id, t.created_at + k * interval '30 minutes',
    case k when 0 then t.creator_id else coalesce(t.assignee_id, t.creator_id) end,
    (array['created', 'comment', 'status'])[k + 1], false,
    case k when 1 then c.id end, case k when 2 then '{"old": "open", "new": "closed"}' else '{}' end::jsonb
  from tickets t join comments c on c.ticket_id = t.id, generate_series(0, 2) k
  order by number, k;
  update log set head = ${3 * ticketCount}, floor = ${3 * ticketCount}, floor_tag = head_tag`
