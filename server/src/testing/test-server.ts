import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.ts'
import { migrate } from '../database/migrate.ts'
import { clusterDirectoryIn } from '../database/embedded/cluster.ts'
import { socketDirectoryOf } from '../database/embedded/socket-directory.ts'

export interface TestServer {
  /** May create and drop databases. */
  administration: pg.PoolConfig
  /** Owns the databases, with as few rights as in production. */
  user: string
  template: string
  stop(): Promise<void>
}

/** One PostgreSQL for a whole test run, with a migrated database for the tests to copy. */
export async function startTestServer(url: string | undefined): Promise<TestServer> {
  const server = url === undefined ? await startOwnServer() : serverAt(url)
  const { administration, user, template } = server
  try {
    await createDatabase(administration, template, `owner ${pg.escapeIdentifier(user)}`)
    await migrate({ ...administration, user, database: template })
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

export async function createDatabase(
  administration: pg.PoolConfig,
  name: string,
  options: string,
): Promise<void> {
  await administer(administration, `create database ${pg.escapeIdentifier(name)} ${options}`)
}

export async function dropDatabase(administration: pg.PoolConfig, name: string): Promise<void> {
  const statement = `drop database if exists ${pg.escapeIdentifier(name)}`
  try {
    await administer(administration, `${statement} with (force)`)
  } catch (error) {
    // Autovacuum runs as a superuser: without `force` it stops for this user, with it the statement fails.
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error
    await administer(administration, statement)
  }
}

async function administer(administration: pg.PoolConfig, statement: string): Promise<void> {
  const client = new pg.Client(administration)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function serverAt(url: string): TestServer {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const user = decodeURIComponent(username)
  const administration = {
    host: searchParams.get('host') ?? hostname,
    port: port === '' ? 5432 : Number(port),
    user,
    password: decodeURIComponent(password),
    database: pathname.slice(1),
  }
  const template = `deskbell-test-${process.pid}-template`
  return { administration, user, template, stop: () => dropDatabase(administration, template) }
}

async function startOwnServer(): Promise<TestServer> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'deskbell-test-'))
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: pino({ level: 'warn' }),
    settings: {
      // Test data does not have to survive a power cut.
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
    },
  })
  return {
    administration: postgres.administration,
    user: 'deskbell',
    template: 'template',
    async stop() {
      await postgres.stop()
      remove(dataDir)
    },
  }
}

function remove(dataDir: string): void {
  rmSync(socketDirectoryOf(clusterDirectoryIn(dataDir)), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}
