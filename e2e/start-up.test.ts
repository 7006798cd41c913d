import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'

const main = path.resolve(import.meta.dirname, '../server/src/main.ts')
const cleanUps: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'deskbell-start-'))
  cleanUps.push(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

interface Started {
  child: ChildProcess
  /** Everything that it has printed. */
  output(): string
  /** Resolves when its output matches; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpMatchArray>
  exit: Promise<number | null>
}

function start(cwd: string, env: Record<string, string> = {}, around: string[] = []): Started {
  const [command, ...args] = [...around, process.execPath, main]
  const child = spawn(command, args, {
    cwd,
    env: { TMPDIR: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      child.emit('words')
    })
  }
  const exit = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null))
  cleanUps.push(async () => {
    child.kill('SIGKILL')
    await exit
  })

  async function says(pattern: RegExp): Promise<RegExpMatchArray> {
    for (;;) {
      const match = output.match(pattern)
      if (match !== null) return match
      if (child.exitCode !== null) throw new Error(`it ended without ${pattern}:\n${output}`)
      await Promise.race([once(child, 'words'), exit])
    }
  }
  return { child, output: () => output, says, exit }
}

test('a first start prints each step and a set-up link; SIGTERM ends it, and the next start keeps its data', async () => {
  const cwd = temporaryDirectory()
  const first = start(cwd, { PORT: '0', HOST: '127.0.0.1' })
  const [, url = ''] = await first.says(/^Deskbell is ready at (http:\/\/localhost:\d+)$/m)

  expect(first.output()).toContain('Web app: up to date\n')
  expect(first.output()).toContain(`Database: PostgreSQL in ${path.join(cwd, 'data')}\n`)
  expect(first.output()).toMatch(/^Migrations: 0001_/m)
  expect(first.output()).toContain(`${url}/setup?token=`)
  expect((await fetch(`${url}/api/health/ready`)).status).toBe(200)
  expect(await (await fetch(url)).text()).toContain('<div id="root">')

  first.child.kill('SIGTERM')
  expect(await first.exit).toBe(0)

  const second = start(cwd, { PORT: '0', HOST: '127.0.0.1' })
  await second.says(/^Deskbell is ready at/m)
  expect(second.output()).toContain('Migrations: up to date\n')
  second.child.kill('SIGINT')
  expect(await second.exit).toBe(0)
})

test('the server prints its public address, and reads .env from its working directory', async () => {
  const cwd = temporaryDirectory()
  writeFileSync(
    path.join(cwd, '.env'),
    'PORT=0\nHOST=127.0.0.1\nPUBLIC_URL=https://desk.example.org/\nDATA_DIR=here\n',
  )

  const { says, output } = start(cwd, { DATA_DIR: 'there' })
  await says(/^Deskbell is ready at https:\/\/desk\.example\.org$/m)

  expect(output()).toContain(`Database: PostgreSQL in ${path.join(cwd, 'there')}\n`)
})

test('the server names every wrong variable at once, and starts nothing', async () => {
  const { exit, output } = start(temporaryDirectory(), { PORT: 'eighty', PUBLIC_URL: 'desk' })

  expect(await exit).toBe(1)
  expect(output()).toBe(
    [
      'The configuration is wrong:',
      '  PORT must be a whole number from 0 to 65535 (it is "eighty")',
      '  PUBLIC_URL must look like https://desk.example.org (it is "desk")',
      '',
    ].join('\n'),
  )
})

test('a port in use ends the start with a sentence, and the database does not keep running', async () => {
  const cwd = temporaryDirectory()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  cleanUps.push(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined

  const { exit, output } = start(cwd, { PORT: String(port), HOST: '127.0.0.1' })

  expect(await exit).toBe(1)
  expect(output().trim().split('\n').at(-1)).toBe(
    `Port ${port} is in use already. Stop the other program, or set PORT.`,
  )
  expect(output()).not.toContain('"bug"')
  const misspelt = start(cwd, { PORT: '0', HOST: 'not.an.address.invalid' })
  expect(await misspelt.exit).toBe(1)
  expect(misspelt.output().trim().split('\n').at(-1)).toBe(
    'HOST=not.an.address.invalid is not an address of this computer.',
  )
  const next = start(cwd, { PORT: '0', HOST: '127.0.0.2' })
  await next.says(/^Deskbell is ready at http:\/\/127\.0\.0\.2:\d+$/m)
  expect(next.output()).not.toContain('runs already')
})

const isRoot = process.getuid?.() === 0
/** The command that gives a process mounts of its own; root can run it without becoming another user. */
const unshare = isRoot
  ? ['unshare', '--mount']
  : ['unshare', '--user', '--map-root-user', '--mount']
const [program = '', ...options] = unshare
const hasMounts =
  spawnSync(program, [...options, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0

test.runIf(hasMounts).each([
  ['when the database is made', '10m'],
  ['when the database starts', '45m'],
])('a disk that is full %s ends the start with a sentence', async (_when, size) => {
  const cwd = temporaryDirectory()
  const data = path.join(cwd, 'data')
  mkdirSync(data)
  const mount = `mount -t tmpfs -o size=${size} none "${data}" && exec "$0" "$@"`
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', HOST: '127.0.0.1' }
  const { exit, output } = start(cwd, env, [...unshare, 'bash', '-c', mount])

  expect(await exit).toBe(1)
  expect(output().trim().split('\n').at(-1)).toMatch(
    /^The disk .* is full: .* Make .*, and start again\.$/,
  )
})

test('an unusable DATA_DIR ends the start with a sentence', async () => {
  const cwd = temporaryDirectory()
  writeFileSync(path.join(cwd, 'taken'), 'by a file')
  for (const DATA_DIR of ['taken', 'taken/data']) {
    const { exit, output } = start(cwd, { DATA_DIR, DATABASE_URL: 'postgres://desk@127.0.0.1:1/x' })
    expect(await exit).toBe(1)
    expect(output().trim()).toMatch(
      /^DATA_DIR cannot be used: E[A-Z]+: .* It must be a folder in which .*\.$/,
    )
  }
})

test('the server starts in spite of a missing TMPDIR and of variables for other programs of PostgreSQL', async () => {
  const cwd = temporaryDirectory()
  const { says } = start(cwd, {
    PORT: '0',
    HOST: '127.0.0.1',
    TMPDIR: path.join(cwd, 'none'),
    PGHOST: '192.0.2.1',
    PGPORT: '1',
    PGUSER: 'somebody',
    PGPASSWORD: 'secret',
    PGDATABASE: 'other',
    PGOPTIONS: '-c search_path=nowhere -c no_such_setting=1',
    PGSSLMODE: 'require',
    PGSSLNEGOTIATION: 'direct',
    PGREPLICATION: 'true',
    PGSERVICE: 'other',
    PGPASSFILE: '/nowhere',
    PGDATA: '/nowhere',
  })
  await says(/^Deskbell is ready at/m)
})
