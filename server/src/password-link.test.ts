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

/** The command as people run it, in a folder without settings. */
function passwordLink(...args: string[]): Promise<Answer> {
  const program = path.join(import.meta.dirname, 'password-link.ts')
  const { PATH } = process.env
  const options = { cwd: dataDir, env: { PATH, DATA_DIR: dataDir, PORT: '3456' } }
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      resolve({ ok: error === null, text: (stdout + stderr).trim() }),
    )
  })
}

function tokenIn({ text }: Answer): string {
  return /^http:\/\/localhost:3456\/invitation\/(\S+)$/m.exec(text)?.[1] ?? ''
}

// Starts PostgreSQL three times.
test('says what is missing, makes links beside a server and without one, and knows who is not there', async () => {
  expect(await passwordLink()).toEqual({
    ok: false,
    text: 'Say for whom: npm run password-link -- EMAIL',
  })
  const early = await passwordLink('ada@desk.example')
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
  const beside = await passwordLink('ada@desk.example')
  expect(beside.ok).toBe(true)
  expect(await readLink(desk.db, tokenIn(beside))).toMatchObject({ kind: 'password', name: 'Ada' })
  expect(await passwordLink('nobody@desk.example')).toEqual({
    ok: false,
    text: 'Nobody here has the address nobody@desk.example.',
  })
  await desk.close()

  const alone = await passwordLink('ada@desk.example')
  expect(alone.text).toContain('Start Deskbell before you open it')
  const again = await openDesk()
  expect(await readLink(again.db, tokenIn(alone))).toMatchObject({ name: 'Ada' })
  // The one before stopped working.
  await expect(readLink(again.db, tokenIn(beside))).rejects.toMatchObject({ code: 'link.invalid' })
  await again.close()
}, 60_000)
