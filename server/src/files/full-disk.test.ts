import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { stateOf } from '../testing/state-of.ts'

let database: TestDatabase
let desk: TestDesk
let ada: TestPerson
let ticketId: string
beforeAll(async () => {
  database = await createTestDatabase()
  desk = await startTestDesk({}, { database })
  ada = await desk.someone('admin', 'Ada')
  const { body } = await ada.call('createTicket', { body: { title: 'Files', description: '' } })
  ticketId = body.ticket.id
})
afterAll(() => desk.stop())

const kibibyte = 1024
/** Of the disk, or of one file. */
const room = 512 * kibibyte

interface Server {
  url: string
  /** Names of the files in its folder, as the server itself sees it. */
  files(): Promise<string[]>
}

/** Another server on the same database, started by a script that leaves it little room for files. */
async function serve(script: string, around: readonly string[]): Promise<Server & AsyncDisposable> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-full-'))
  await mkdir(path.join(dataDir, 'files'))
  const program = path.resolve(import.meta.dirname, '../testing/serve-desk.ts')
  const [command, ...args] = [
    ...around,
    'bash',
    '-c',
    `${script} && exec "$0" "$@"`,
    process.execPath,
    program,
    JSON.stringify({ ...database.listen, types: undefined }),
    dataDir,
  ]
  const child = spawn(command, args, {
    env: { ...process.env, FILES: path.join(dataDir, 'files'), ROOM: String(room) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const url = await lines.next()
  if (url.done === true) throw new Error('the server did not start')
  return {
    url: url.value,
    async files() {
      const seen = path.join(`/proc/${child.pid}/root`, dataDir, 'files')
      const entries = await readdir(seen, { recursive: true, withFileTypes: true })
      return entries.flatMap((entry) => (entry.isFile() ? [entry.name] : []))
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exit
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function upload({ url }: Server, bytes: number) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), 'file.bin')
  const response = await fetch(`${url}/api/tickets/${ticketId}/attachments`, {
    method: 'POST',
    headers: { cookie: ada.cookie, 'idempotency-key': randomUUID() },
    body: form,
  })
  const body = (await response.json()) as { code?: string; attachment?: { id: string } }
  return { status: response.status, ...body }
}

async function expectRefusedAndGone(server: Server): Promise<void> {
  const before = await stateOf(desk.db)
  expect(await upload(server, 2 * room)).toMatchObject({ status: 507, code: 'storage.full' })
  expect(await server.files()).toEqual([])
  expect(await stateOf(desk.db)).toEqual(before)

  const small = await upload(server, room / 2)
  expect(small).toMatchObject({ status: 200 })
  expect(await server.files()).toEqual([small.attachment?.id])
}

test('a file larger than what the server may write is refused, and nothing is left of it', async () => {
  await using server = await serve('ulimit -f $((ROOM / 1024))', [])
  await expectRefusedAndGone(server)
})

/** Root need not become another user for a disk of its own. */
const unshare =
  process.getuid?.() === 0
    ? ['unshare', '--mount']
    : ['unshare', '--user', '--map-root-user', '--mount']
const [program = '', ...options] = unshare
const hasMounts =
  spawnSync(program, [...options, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

test.runIf(hasMounts)(
  'a file for which the disk has no room is refused, and nothing is left of it',
  async () => {
    await using server = await serve('mount -t tmpfs -o size="$ROOM" none "$FILES"', unshare)
    await expectRefusedAndGone(server)
  },
)
