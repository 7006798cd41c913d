import path from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Logger } from 'pino'
import { defaultSettings, isStaff } from '@deskbell/contract'
import type { Role } from '@deskbell/contract'
import { connectDatabase } from '../database/open-database.ts'
import { acquireLease } from '../database/lease.ts'
import type { Lease, Write } from '../database/lease.ts'
import type { Db } from '../database/types.ts'
import { pruneLog } from '../log/prune-log.ts'
import { createFileStore } from '../files/file-store.ts'
import { StartupError } from '../startup-error.ts'
import { closeResolved } from '../tickets/changes/close-resolved.ts'
import { hire } from './hire.ts'
import type { Hired } from './hire.ts'
import { makeTags } from './make-tags.ts'
import { demoRequest, perform } from './perform.ts'
import type { Stage } from './perform.ts'
import { planDemo } from './plan.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { clockSchemaPath, createSetBackClock } from './set-back-clock.ts'

interface DemoOptions {
  /** The connection to the migrated database. */
  connection: pg.PoolConfig
  dataDir: string
  log: Logger
  /** Called before an empty database is filled, which takes some seconds. */
  onFill?: () => void
  now?: number
  tickets?: number
}

export interface DemoAccount {
  name: string
  email: string
  role: Role
  password: string
}

const days = 90
const dayMs = 24 * 3_600_000
const seed = 20_240

/**
 * Fills an empty database with a company and its last 90 days. Returns its accounts. Undefined: the demo exists
 * already. Throws for a database that is in use.
 */
export async function fillDemo(options: DemoOptions): Promise<DemoAccount[] | undefined> {
  const { connection, log, now = Date.now(), tickets = 300 } = options
  const { db, pool } = connectDatabase(
    {
      ...connection,
      max: 1,
      options: `-c timezone=UTC -c synchronous_commit=off -c search_path=${clockSchemaPath}`,
    },
    log,
  )
  try {
    if (await isFilled(db)) return undefined
    options.onFill?.()
    const files = createFileStore(path.join(options.dataDir, 'files'))
    const random = createRandom(seed + 1)
    const hired = await play(db, { files, random }, planDemo({ now, days, tickets, seed }), now)
    return hired.map(({ employee: { name, email, role }, password }) => ({
      name,
      email,
      role,
      password,
    }))
  } finally {
    await pool.end()
  }
}

/** The schema `demo` exists from the beginning; its row exists when everything is done. */
async function isFilled(db: Db): Promise<boolean> {
  const { rows } = await sql<{ people: boolean; begun: boolean }>`
    select exists (select from people) as people, to_regclass('demo.done') is not null as begun`.execute(
    db,
  )
  const { people = false, begun = false } = rows[0] ?? {}
  if (begun) return refuseHalfMade(db)
  if (people) {
    throw new StartupError(
      'This desk is in use, and the demo mixes with nothing: start it with `npm start`, ' +
        'or give the demo a DATA_DIR (or DATABASE_URL) of its own.',
    )
  }
  return false
}

async function refuseHalfMade(db: Db): Promise<true> {
  const { rows } = await sql`select from demo.done`.execute(db)
  if (rows.length > 0) return true
  throw new StartupError(
    'The demo was interrupted while it was being made. Remove its DATA_DIR (or database), and start it again.',
  )
}

async function play(
  db: Db,
  { files, random }: Pick<Stage, 'files' | 'random'>,
  acts: ReturnType<typeof planDemo>,
  now: number,
): Promise<Hired[]> {
  await sql`create schema demo`.execute(db)
  await sql`create table demo.done (at timestamptz not null)`.execute(db)
  const clock = await createSetBackClock(db)
  const founded = now - (days + 1) * dayMs
  await clock.set(founded)
  const hired = await hire(db)
  const actors = new Map(hired.map(({ employee, actor }) => [employee.email, actor]))
  const [founder] = hired
  if (founder === undefined) throw new Error('a company has a founder')
  const stage: Stage = {
    db,
    clock,
    files,
    random,
    tickets: new Map(),
    tags: await makeTags(db, () => demoRequest(founder.actor)),
    actorOf(employee) {
      const actor = actors.get(employee.email)
      if (actor === undefined) throw new Error(`${employee.name} was not hired`)
      return actor
    },
  }
  const lease = await acquireLease(db, 'closing', days * dayMs * 2)
  if (lease === undefined) throw new Error('a demo has its database alone')
  for (const act of acts) {
    await closeUntil(stage, lease, act.at)
    await perform(stage, act)
  }
  await closeUntil(stage, lease, now)
  await lease.release()
  await markSeen(db, hired, random)
  await tidyUp(db, founded)
  await clock.remove()
  await sql`insert into demo.done values (now())`.execute(db)
  return hired
}

/** Closes resolved tickets when the desk itself would have. */
async function closeUntil({ db, clock }: Stage, lease: Lease, time: number): Promise<void> {
  const quietMs = defaultSettings.closeAfterDays * dayMs
  const due = await db
    .selectFrom('tickets')
    .select(['id', 'updated_at'])
    .where('status', '=', 'resolved')
    .where('updated_at', '<=', new Date(time - quietMs).toISOString())
    .orderBy('updated_at')
    .execute()
  for (const { id, updated_at } of due) {
    await clock.set(Date.parse(updated_at) + quietMs)
    await closeResolved(db, lease, id)
  }
}

/** People have seen most older tickets and some new ones; some tickets have changed since. */
async function markSeen(db: Db, hired: readonly Hired[], random: Random): Promise<void> {
  const tickets = await db
    .selectFrom('tickets')
    .select(['id', 'number', 'creator_id as creatorId', 'version', 'staff_version as staffVersion'])
    .orderBy('number')
    .execute()
  const newest = tickets.at(-1)?.number ?? 0
  const seen = tickets.flatMap(({ id, number, creatorId, version, staffVersion }) =>
    hired.flatMap(({ actor }) => {
      const staff = isStaff(actor.role)
      const share = newest - number < 40 ? 0.45 : 0.97
      if ((!staff && creatorId !== actor.id) || !random.chance(share)) return []
      const missed = random.chance(0.04) ? random.between(1, 3) : 0
      return [
        { person_id: actor.id, ticket_id: id, seq: (staff ? staffVersion : version) - missed },
      ]
    }),
  )
  for (let start = 0; start < seen.length; start += 500) {
    await db
      .insertInto('seen')
      .values(seen.slice(start, start + 500))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await keepLooks(db)
}

/** What staff have seen, they have looked at: when the ticket changed last. */
async function keepLooks(db: Db): Promise<void> {
  await sql`
    update seen s set at = t.staff_updated_at,
      looked = case when p.role <> 'sales' and p.id <> t.creator_id then greatest(s.looked, s.seq) end,
      looked_at = case when p.role <> 'sales' and p.id <> t.creator_id then t.staff_updated_at end
    from tickets t, people p where t.id = s.ticket_id and p.id = s.person_id`.execute(db)
  await sql`
    update ticket_eyes e set looked = true, looked_at = coalesce(e.looked_at, s.looked_at)
    from seen s where s.ticket_id = e.ticket_id and s.looked >= e.asked`.execute(db)
}

/** Removes sessions and idempotency keys, and prunes the log to its usual age. */
async function tidyUp(db: Db, founded: number): Promise<void> {
  await db
    .updateTable('people')
    .set({ created_at: new Date(founded).toISOString() })
    .execute()
  await db.deleteFrom('sessions').execute()
  await db.deleteFrom('idempotency_keys').execute()
  // The first run moves the log's floor, the second deletes what lies below it.
  const write: Write = (work) => db.transaction().execute(work)
  await pruneLog(write)
  await pruneLog(write)
  await sql`analyze people, tickets, watchers, comments, attachments, seen, ticket_eyes, tags, ticket_tags, events, timeline`.execute(
    db,
  )
}
