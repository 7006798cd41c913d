import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './database/open-database.ts'
import type { OpenDatabase } from './database/open-database.ts'
import { migrate } from './database/migrate.ts'
import { readLink } from './people/links.ts'
import { createTestDatabase, startTestDesk } from './testing/index.ts'
import { urlOf } from './testing/url-of.ts'

let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-link-'))
})

afterAll(() => rm(dataDir, { recursive: true, force: true }))

function openDesk(): Promise<OpenDatabase> {
  return openDatabase({ databaseUrl: undefined, dataDir }, pino({ level: 'silent' }))
}

interface Answer {
  ok: boolean
  text: string
}

/** Runs the command as people do, in a folder without settings. */
function passwordLink(args: string[], env: Record<string, string> = {}): Promise<Answer> {
  const program = path.join(import.meta.dirname, 'password-link.ts')
  const { PATH } = process.env
  const options = { cwd: dataDir, env: { PATH, DATA_DIR: dataDir, PORT: '3456', ...env } }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ ok: error === null, text: (stdout + stderr).trim() }),
    )
  })
}

function linkIn({ text }: Answer): { address: string; token: string } {
  const [, address = '', token = ''] = /^(.*)\/invitation\/(\S+)$/m.exec(text) ?? []
  return { address, token }
}

const configured = 'http://localhost:3456'

// This test starts PostgreSQL three times.
test('it says what is missing, makes links with and without a running server, and refuses unknown addresses', async () => {
  expect(await passwordLink([])).toEqual({
    ok: false,
    text: 'Say for whom: npm run password-link -- EMAIL',
  })
  const early = await passwordLink(['ada@desk.example'])
  expect(early.ok).toBe(false)
  expect(early.text).toContain('There is no help desk in')

  const desk = await openDesk()
  await migrate(desk.listen)
  await desk.db
    .insertInto('people')
    .values({
      id: uuidv7(),
      email: 'Ada@desk.example',
      name: 'Ada',
      role: 'super_admin',
      password_hash: 'none',
    })
    .execute()
  const beside = await passwordLink(['ada@desk.example'])
  expect(beside.ok).toBe(true)
  expect(linkIn(beside).address).toBe(configured)
  expect(await readLink(desk.db, linkIn(beside).token)).toMatchObject({
    kind: 'password',
    name: 'Ada',
  })
  expect(await passwordLink(['nobody@desk.example'])).toEqual({
    ok: false,
    text: 'Nobody here has the address nobody@desk.example.',
  })
  await desk.close()

  const alone = await passwordLink(['ada@desk.example'])
  expect(alone.text).toContain('Start Deskbell before you open it')
  expect(linkIn(alone).address).toBe(configured)
  const again = await openDesk()
  expect(await readLink(again.db, linkIn(alone).token)).toMatchObject({ name: 'Ada' })
  // The earlier link no longer works.
  await expect(readLink(again.db, linkIn(beside).token)).rejects.toMatchObject({
    code: 'link.invalid',
  })
  await again.close()
}, 60_000)

test('the link has the address of the running server, also on an external database', async () => {
  const database = await createTestDatabase()
  const env = { DATABASE_URL: urlOf(database.listen) }
  await using desk = await startTestDesk({}, { database })
  const root = await desk.someone('super_admin', 'Root')
  const email = `${root.id}@desk.example`

  const made = await passwordLink([email], { ...env, DATA_DIR: desk.dataDir })
  expect(made.ok).toBe(true)
  expect(linkIn(made).address).toBe(desk.app.url)
  const params = { token: linkIn(made).token }
  expect((await root.call('invitation', { params })).body).toMatchObject({ name: 'Root', email })

  // Another folder has no running server.
  expect(linkIn(await passwordLink([email], env)).address).toBe(configured)
  await desk.app.stop()
  const late = await passwordLink([email], {
    ...env,
    DATA_DIR: desk.dataDir,
    PUBLIC_URL: 'https://desk.example.org',
  })
  expect(linkIn(late).address).toBe('https://desk.example.org')
})

test('the link has the public address that the server was started with', async () => {
  const database = await createTestDatabase()
  const PUBLIC_URL = 'https://desk.example.org'
  await using desk = await startTestDesk({ PUBLIC_URL }, { database })
  const { id } = await desk.someone('super_admin')
  const env = { DATABASE_URL: urlOf(database.listen), DATA_DIR: desk.dataDir }
  const made = await passwordLink([`${id}@desk.example`], env)
  expect(linkIn(made).address).toBe(PUBLIC_URL)
})
