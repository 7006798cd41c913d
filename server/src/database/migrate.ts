import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { saysDiskFull, StartupError } from '../startup-error.ts'
import { BoundedClient } from './bounded-client.ts'

export interface Migration {
  number: number
  name: string
  sql: string
  checksum: string
}

const ownMigrations = path.resolve(import.meta.dirname, '../../migrations')

/** Two servers that start at once on one database migrate it one after the other. "migr" in ASCII. */
const migrationLock = 0x6d696772

/** Applies the missing migrations and returns their names. */
export async function migrate(
  connection: pg.ClientConfig,
  directory: string = ownMigrations,
): Promise<string[]> {
  const migrations = readMigrations(directory)
  const client = new BoundedClient(connection)
  client.on('error', () => {})
  await client.connect()
  try {
    // Held until the session ends. A migration may take long, so the wait has no limit.
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const applied = await appliedMigrations(client)
    refuseDisagreement(migrations, applied)
    const missing = migrations.slice(applied.length)
    for (const migration of missing) await apply(client, migration)
    return missing.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

export function readMigrations(directory: string): Migration[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name, index) => {
    const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1])
    if (number !== index + 1) {
      throw new StartupError(
        `Migration ${name} is out of place: they are named 0001_words.sql, 0002_words.sql and so on.`,
      )
    }
    // A checkout may change the line ends of a file.
    const sql = readFileSync(path.join(directory, name), 'utf8').replaceAll('\r\n', '\n')
    return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

type Applied = Pick<Migration, 'number' | 'name' | 'checksum'>

async function appliedMigrations(client: pg.Client): Promise<Applied[]> {
  await client.query(`
    create table if not exists migrations (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
  const { rows } = await client.query<Applied>(
    'select number, name, checksum from migrations order by number',
  )
  return rows
}

function refuseDisagreement(migrations: Migration[], applied: Applied[]): void {
  for (const [index, done] of applied.entries()) {
    const known = migrations[index]
    if (known === undefined) {
      throw new StartupError(
        `The database was migrated by a newer Deskbell (${done.name}). Start that version, or ` +
          'restore a backup that this one made.',
      )
    }
    if (known.checksum !== done.checksum) {
      throw new StartupError(
        `Migration ${known.name} was changed after it had been applied to this database (as ` +
          `${done.name}). Put the old text back and make the change in a new migration.`,
      )
    }
  }
}

async function apply(client: pg.Client, { number, name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(sql)
    await client.query('insert into migrations (number, name, checksum) values ($1, $2, $3)', [
      number,
      name,
      checksum,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    const reason = reasonOf(cause, sql)
    const words = saysDiskFull(reason)
      ? `The disk of the database is full: migration ${name} was undone. Make some room, and start again.`
      : `Migration ${name} failed and was undone: ${reason}`
    throw new StartupError(words, { cause })
  }
}

function reasonOf(cause: unknown, sql: string): string {
  if (!(cause instanceof pg.DatabaseError)) return String(cause)
  if (cause.position === undefined) return cause.message
  const line = sql.slice(0, Number(cause.position) - 1).split('\n').length
  return `${cause.message} (line ${line})`
}
