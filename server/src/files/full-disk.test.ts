import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, open, readFile, readdir, rm, statfs } from 'node:fs/promises'
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
/** Space on the disk, or size of one file. */
const room = 512 * kibibyte

/** Space on a disk that also has the server's own database, which begins with 60 MiB. */
const ownRoom = 200 * 1024 * kibibyte

interface Server {
  url: string
  /** The set-up link, if there is no account. */
  setUpUrl: string
  /** Its folder, as the server itself sees it. */
  folder: string
  /** Names of the files in its folder, as the server itself sees it. */
  files(): Promise<string[]>
  /** Stops the server that the script itself runs; the one after the script then starts. */
  stopFirst(): Promise<void>
}

/**
 * Starts another server by a script that limits its space: on the same database, or with its `own` settings and its own
 * PostgreSQL.
 */
async function serve(
  script: string,
  around: readonly string[],
  own?: Record<string, string>,
): Promise<Server & AsyncDisposable> {
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
    own === undefined ? JSON.stringify({ ...database.listen, types: undefined }) : 'null',
    dataDir,
    'silent',
    JSON.stringify({ DISK_RESERVE_MB: '0', ...own }),
  ]
  const child = spawn(command, args, {
    env: {
      ...process.env,
      DATA: dataDir,
      FILES: path.join(dataDir, 'files'),
      ROOM: String(own === undefined ? room : ownRoom),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  async function nextLine(): Promise<string> {
    const { done, value } = await lines.next()
    if (done === true) throw new Error('the server did not start')
    return value
  }
  let url = await nextLine()
  const setUpUrl = await nextLine()
  const seen = path.join(`/proc/${child.pid}/root`, dataDir)
  return {
    get url() {
      return url
    },
    setUpUrl,
    folder: seen,
    async stopFirst() {
      const first = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
      process.kill(Number(first), 'SIGTERM')
      url = await nextLine()
      await nextLine()
    },
    async files() {
      const entries = await readdir(path.join(seen, 'files'), {
        recursive: true,
        withFileTypes: true,
      })
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
  expect(small).toMatchObject({ status: 201 })
  expect(await server.files()).toEqual([small.attachment?.id])
}

test('a file larger than the server may write is refused, and nothing of it stays', async () => {
  await using server = await serve('ulimit -f $((ROOM / 1024))', [])
  await expectRefusedAndGone(server)
})

/** Root needs no user namespace for its own disk. */
const unshare =
  process.getuid?.() === 0
    ? ['unshare', '--mount']
    : ['unshare', '--user', '--map-root-user', '--mount']
const [program = '', ...options] = unshare
const hasMounts =
  spawnSync(program, [...options, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

test.runIf(hasMounts)(
  'a file that the disk has no space for is refused, and nothing of it stays',
  async () => {
    await using server = await serve('mount -t tmpfs -o size="$ROOM" none "$FILES"', unshare)
    await expectRefusedAndGone(server)
  },
)

async function ready({ url }: Server): Promise<{ status: number; code: string | undefined }> {
  const response = await fetch(`${url}/api/health/ready`)
  return { status: response.status, code: ((await response.json()) as { code?: string }).code }
}

/** Sets a server up and returns its first person, who is new to every test. */
async function firstAccount(server: Server) {
  const body = {
    token: new URL(server.setUpUrl).searchParams.get('token'),
    name: 'Ruth',
    email: 'ruth@desk.example',
    password: 'a garden of nine plums',
  }
  const response = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async (method: string, at: string, sent?: object | FormData) => {
    const isForm = sent instanceof FormData
    const answer = await fetch(`${server.url}${at}`, {
      method,
      headers: {
        cookie,
        'idempotency-key': randomUUID(),
        ...(sent === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: isForm ? sent : JSON.stringify(sent) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
}

function formOf(bytes: number): FormData {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), 'file.bin')
  return form
}

/** Takes all space that is left, like another program. */
async function fillUp(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const filler = await open(path.join(folder, 'filler'), 'w')
  try {
    const chunk = Buffer.alloc(1024 * kibibyte)
    for (let left = bavail * bsize; left > 0; left -= chunk.length) await filler.write(chunk)
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC')) throw thrown
  } finally {
    await filler.close()
  }
}

test.runIf(hasMounts)(
  'on a full disk deleting works, everything else is refused with a sentence until a little is deleted, and `ready` reports it',
  async () => {
    const script = 'mount -t tmpfs -o mode=0777,size="$ROOM" none "$DATA"'
    await using server = await serve(script, unshare, { DISK_RESERVE_MB: '64' })
    const call = await firstAccount(server)
    const ticket = (await call('POST', '/api/tickets', { title: 'Disk', description: '' })).body
    const { id } = ticket['ticket'] as { id: string }
    const attach = () => call('POST', `/api/tickets/${id}/attachments`, formOf(5_000_000))
    const comment = () => call('POST', `/api/tickets/${id}/comments`, { body: 'x'.repeat(20_000) })

    // One person fills it with files: these end at the reserve, and everything else still works.
    const made: string[] = []
    let last = await attach()
    for (; last.status === 201; last = await attach()) {
      made.push((last.body['attachment'] as { id: string }).id)
    }
    expect([last.status, last.body['code']]).toEqual([507, 'storage.full'])
    expect(made.length).toBeGreaterThan(0)
    expect((await comment()).status).toBe(201)
    expect(await ready(server)).toEqual({ status: 200, code: undefined })

    // Something else takes the rest.
    await fillUp(server.folder)
    await expect.poll(() => ready(server)).toEqual({ status: 503, code: 'storage.exhausted' })
    const refused = await comment()
    expect([refused.status, refused.body['code']]).toEqual([503, 'storage.exhausted'])
    for (const file of made.splice(0, 2)) {
      expect((await call('DELETE', `/api/attachments/${file}`)).status).toBe(200)
    }
    expect((await call('GET', `/api/tickets/${id}`)).status).toBe(200)

    // With a little more room than the reserve had, changes are accepted again, long before the reserve fits.
    for (const file of made.splice(0, 2)) {
      expect((await call('DELETE', `/api/attachments/${file}`)).status).toBe(200)
    }
    await expectAccepted()
    expect(await readdir(server.folder)).not.toContain('reserve')

    await rm(path.join(server.folder, 'filler'))
    await expect.poll(() => readdir(server.folder), { timeout: 5_000 }).toContain('reserve')
    await expectAccepted()

    async function expectAccepted(): Promise<void> {
      await expect
        .poll(() => ready(server), { timeout: 5_000 })
        .toEqual({ status: 200, code: undefined })
      expect((await comment()).status).toBe(201)
    }
  },
  60_000,
)

test.runIf(hasMounts)(
  'on a disk that is full to the last byte the server starts on its reserve, and deleting works until there is space',
  async () => {
    const fill = 'cat /dev/zero > "$DATA/filler" 2> /dev/null'
    const script = `mount -t tmpfs -o mode=0777,size="$ROOM" none "$DATA" && { "$0" "$@"; ${fill}; true; }`
    await using server = await serve(script, unshare, { DISK_RESERVE_MB: '64' })
    const call = await firstAccount(server)
    const ticket = (await call('POST', '/api/tickets', { title: 'Disk', description: '' })).body
    const { id } = ticket['ticket'] as { id: string }
    const file = await call('POST', `/api/tickets/${id}/attachments`, formOf(5_000_000))
    const comment = () => call('POST', `/api/tickets/${id}/comments`, { body: 'x'.repeat(20_000) })
    expect((await comment()).status).toBe(201)

    await server.stopFirst()
    expect(await ready(server)).toEqual({ status: 503, code: 'storage.exhausted' })
    const refused = await comment()
    expect([refused.status, refused.body['code']]).toEqual([503, 'storage.exhausted'])
    expect((await call('GET', `/api/tickets/${id}`)).status).toBe(200)
    const { id: fileId } = file.body['attachment'] as { id: string }
    expect((await call('DELETE', `/api/attachments/${fileId}`)).status).toBe(200)

    await rm(path.join(server.folder, 'filler'))
    await expect
      .poll(() => ready(server), { timeout: 5_000 })
      .toEqual({ status: 200, code: undefined })
    expect((await comment()).status).toBe(201)
  },
  60_000,
)
