import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { EmbeddedPostgres } from './embedded-postgres.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { postgresAccount } from './postgres-account.ts'
import { isAlive, isPostmasterOf, readPostmasterFile } from './postmaster-file.ts'
import { stopPostmaster } from './postmaster.ts'
import { socketDirectoryOf } from './socket-directory.ts'

const log = pino({ level: 'silent' })
const isRoot = process.getuid?.() === 0
const hasNamespaces = spawnSync('unshare', ['--user', 'true']).status === 0
const cleanUps: (() => Promise<void> | void)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'deskbell-embedded-'))
  cleanUps.push(() => remove(directory))
  return directory
}

function remove(directory: string): void {
  rmSync(socketDirectoryOf(path.join(directory, 'postgres')), { recursive: true, force: true })
  rmSync(directory, { recursive: true, force: true })
}

function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  chmodSync(to, 0o700)
}

async function startIn(dataDir: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  cleanUps.push(() => postgres.stop())
  return postgres
}

async function query(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection)
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(text)
    return rows
  } finally {
    await client.end()
  }
}

/** Being alive is not enough: a process that no one has waited for keeps its pid. */
function runs(dataDir: string, pid: number): boolean {
  return isPostmasterOf(pid, path.join(dataDir, 'postgres'))
}

function postmasterPid(dataDir: string): number {
  const file = readPostmasterFile(path.join(dataDir, 'postgres'))
  if (file === undefined) throw new Error(`no PostgreSQL runs in ${dataDir}`)
  return file.pid
}

interface Holder {
  child: ChildProcess
  /** The first line that it prints. */
  word: Promise<string>
  exit: Promise<number | null>
}

const repository = path.resolve(import.meta.dirname, '../../../..')
const holdScript = path.resolve(import.meta.dirname, '../../testing/hold-postgres.ts')

function holdInProcess(dataDir: string): Holder {
  return hold([process.execPath, holdScript, dataDir])
}

/** Also if only root may enter the folder of the clone. */
function holdAsOwner(dataDir: string): Holder {
  const { launcher } = postgresAccount(dataDir, path.join(dataDir, 'postgres'), process.execPath)
  const prefix = launcher === undefined ? [] : [launcher.command, ...launcher.args]
  return hold([...prefix, process.execPath, holdScript, dataDir])
}

function hold([program = '', ...args]: string[]): Holder {
  return holderOf(spawn(program, args, { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] }))
}

function holderOf(child: ChildProcess): Holder {
  const exit = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null))
  cleanUps.push(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await exit
  })
  return { child, word: nextWord(child), exit }
}

async function nextWord(child: ChildProcess): Promise<string> {
  const word = Promise.withResolvers<string>()
  child.stdout?.setEncoding('utf8').once('data', (text: string) => word.resolve(text.trim()))
  return word.promise
}

/** Root in its own namespace, which allows no further ones, as in most containers. */
async function holdWithoutNamespaces(
  dataDir: string,
  { exec = 'exec', script = holdScript } = {},
): Promise<Holder> {
  // Only a program started after the mapping of users has root's rights.
  const gate = 'echo waiting; read; exec bash -c "$0" "$@"'
  const inside = `echo 0 > /proc/sys/user/max_user_namespaces && ${exec} "$0" "$@"`
  const child = spawn(
    'unshare',
    ['--user', '--mount', 'bash', '-c', gate, inside, process.execPath, script, dataDir],
    { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] },
  )
  await nextWord(child)
  for (const map of ['uid_map', 'gid_map']) writeFileSync(`/proc/${child.pid}/${map}`, '0 0 65536')
  child.stdin?.end('go\n')
  return holderOf(child)
}

/** Kills the PostgreSQL that a killed starter left behind. */
function alsoKill(pid: number): void {
  cleanUps.push(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  })
}

describe('in a directory that has served before', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'deskbell-embedded-'))

  beforeAll(async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, log })
    await query(postgres, 'create table kept as select 42 as answer')
    await postgres.stop()
    return () => remove(dataDir)
  })

  test('earlier data is there, and the owner of the database is no superuser', async () => {
    const postgres = await startIn(dataDir)

    expect(await query(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(
      await query(postgres, 'select rolsuper from pg_roles where rolname = current_user'),
    ).toEqual([{ rolsuper: false }])
  })

  test('writes reach the disk before they are confirmed, and nothing listens on the network', async () => {
    const postgres = await startIn(dataDir)

    expect(
      await query(
        postgres,
        `select name, setting from pg_settings
         where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses')
         order by name`,
      ),
    ).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '' },
      { name: 'synchronous_commit', setting: 'on' },
    ])
  })

  test('it leads its own process group, so that Ctrl-C reaches the server first', async () => {
    await startIn(dataDir)
    const pid = postmasterPid(dataDir)

    const [, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []

    expect(Number(group)).toBe(pid)
  })

  test('only its owner can reach the socket', async () => {
    const { connection } = await startIn(dataDir)

    expect(statSync(connection.host ?? '').mode & 0o777).toBe(0o700)
  })

  test('a PostgreSQL whose starter was killed is taken over while it runs, and stopped at the end', async () => {
    const holder = holdInProcess(dataDir)
    expect(await holder.word).toBe('holding')
    const pid = postmasterPid(dataDir)
    alsoKill(pid)
    holder.child.kill('SIGKILL')
    await holder.exit
    expect(runs(dataDir, pid)).toBe(true)

    const postgres = await startEmbeddedPostgres({ dataDir, log })
    expect(postmasterPid(dataDir)).toBe(pid)
    expect(await query(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])

    await postgres.stop()
    expect(runs(dataDir, pid)).toBe(false)
  })

  test('the folder of its socket is removed with it, but not while another starter uses it', async () => {
    const socketDirectory = socketDirectoryOf(path.join(realpathSync(dataDir), 'postgres'))
    const first = await startEmbeddedPostgres({ dataDir, log })
    expect(existsSync(socketDirectory)).toBe(true)
    // Each next one starts while the one before it stops.
    let last = first
    for (let round = 0; round < 5; round += 1) {
      const [, next] = await Promise.all([last.stop(), startEmbeddedPostgres({ dataDir, log })])
      expect(await query(next, 'select answer from kept')).toEqual([{ answer: 42 }])
      last = next
    }
    await last.stop()
    expect(existsSync(socketDirectory)).toBe(false)
  })

  test('a start creates the folder of the socket again if it is removed in between', async () => {
    const socketDirectory = socketDirectoryOf(path.join(realpathSync(dataDir), 'postgres'))
    rmSync(socketDirectory, { recursive: true, force: true })
    const starting = startIn(dataDir)
    // PostgreSQL is starting there, and has not created its socket yet.
    await expect.poll(() => existsSync(socketDirectory), { interval: 0 }).toBe(true)
    rmdirSync(socketDirectory)
    expect(await query(await starting, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('a second starter fails with a sentence and does not disturb the first', async () => {
    const postgres = await startIn(dataDir)
    const pid = postmasterPid(dataDir)

    const second = holdInProcess(dataDir)

    expect(await second.word).toMatch(/^Another Deskbell is running on .*DATA_DIR of its own/)
    expect(await second.exit).toBe(1)
    expect(postmasterPid(dataDir)).toBe(pid)
    expect(await query(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('a pid file whose pid belongs to another process does not block the start', async () => {
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
    cleanUps.push(() => void stranger.kill())
    const holder = holdInProcess(dataDir)
    await holder.word
    const file = path.join(dataDir, 'postgres/postmaster.pid')
    const text = readFileSync(file, 'utf8')
    holder.child.kill('SIGTERM')
    await holder.exit
    writeFileSync(file, text.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 })

    const postgres = await startIn(dataDir)

    expect(await query(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(postmasterPid(dataDir)).not.toBe(stranger.pid)
    expect(stranger.exitCode).toBeNull()
  })

  test('a PostgreSQL that dies is started again, with everything that was committed', async () => {
    const postgres = await startIn(dataDir)
    const pid = postmasterPid(dataDir)
    await query(postgres, 'create table if not exists confirmed as select 1 as one')

    process.kill(pid, 'SIGKILL')

    await vi.waitFor(
      async () => {
        expect(await query(postgres, 'select one from confirmed')).toEqual([{ one: 1 }])
      },
      { timeout: 15_000, interval: 20 },
    )
    expect(postmasterPid(dataDir)).not.toBe(pid)
  })

  test('a paused PostgreSQL is explained in a sentence at once, and so is a paused child of a killed one', async () => {
    const holder = holdInProcess(dataDir)
    await holder.word
    const pid = postmasterPid(dataDir)
    holder.child.kill('SIGKILL')
    await holder.exit
    process.kill(pid, 'SIGSTOP')
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
      `PostgreSQL (process ${pid}) runs in ${dataDir}/postgres already, but it is paused. Let it go on (kill -CONT ${pid})`,
    )

    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    const [child = 0] = children.map(Number)
    process.kill(child, 'SIGSTOP')
    process.kill(pid, 'SIGKILL')
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
      new RegExp(
        `was killed, but processes of it still run: .*\\b${child}\\b.* End them \\(kill -KILL `,
      ),
    )
    process.kill(child, 'SIGCONT')
    const postgres = await startIn(dataDir)
    expect(await query(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('a paused PostgreSQL can be stopped', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, log })
    const pid = postmasterPid(dataDir)
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    for (const each of [pid, ...children.map(Number)]) process.kill(each, 'SIGSTOP')

    await postgres.stop()

    expect(runs(dataDir, pid)).toBe(false)
  })

  test('a PostgreSQL whose socket is gone is explained in a sentence', async () => {
    const holder = holdInProcess(dataDir)
    await holder.word
    const pid = postmasterPid(dataDir)
    alsoKill(pid)
    holder.child.kill('SIGKILL')
    await holder.exit
    const socketDirectory =
      readPostmasterFile(path.join(dataDir, 'postgres'))?.socketDirectory ?? ''
    rmSync(socketDirectory, { recursive: true })

    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
      `PostgreSQL (process ${pid}) runs in ${dataDir}/postgres already, but does not answer at ${socketDirectory}. ` +
        `Stop the Deskbell that uses it, or end it (kill -INT ${pid})`,
    )
    await stopPostmaster(path.join(dataDir, 'postgres'), pid)
  })

  test('a socket lock whose pid belongs to another process does not block the start', async () => {
    const socketDirectory = socketDirectoryOf(path.join(realpathSync(dataDir), 'postgres'))
    mkdirSync(socketDirectory, { recursive: true, mode: 0o700 })
    const lock = `${process.pid}\n${dataDir}/postgres\n1\n5432\n${socketDirectory}\n`
    writeFileSync(path.join(socketDirectory, '.s.PGSQL.5432.lock'), lock, { mode: 0o600 })

    const postgres = await startIn(dataDir)

    expect(await query(postgres, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('a PostgreSQL whose folder was moved is explained in a sentence at once, and the new folder stays intact', async () => {
    const elsewhere = temporaryDirectory()
    const directory = path.join(elsewhere, 'postgres')
    copyFolder(path.join(dataDir, 'postgres'), directory)
    const holder = holdInProcess(elsewhere)
    expect(await holder.word).toBe('holding')
    const pid = postmasterPid(elsewhere)
    alsoKill(pid)
    const refusal =
      `A PostgreSQL (process ${pid}) that was started in ${directory} still runs, but that folder was moved or ` +
      `removed since. End it (kill -QUIT ${pid}; nothing that was saved is lost), and start again.`

    renameSync(directory, path.join(elsewhere, 'moved'))
    await expect(startEmbeddedPostgres({ dataDir: elsewhere, log })).rejects.toThrow(refusal)
    copyFolder(path.join(dataDir, 'postgres'), directory)
    await expect(startEmbeddedPostgres({ dataDir: elsewhere, log })).rejects.toThrow(refusal)
    holder.child.kill('SIGTERM')
    await holder.exit

    expect(await query(await startIn(elsewhere), 'select answer from kept')).toEqual([
      { answer: 42 },
    ])
  })

  test('another major version is refused by name', async () => {
    const file = path.join(dataDir, 'postgres/PG_VERSION')
    const version = readFileSync(file, 'utf8')
    writeFileSync(file, '17\n')
    cleanUps.push(() => writeFileSync(file, version))

    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
      /made by PostgreSQL 17, and this Deskbell brings PostgreSQL 18.*pg_upgrade/,
    )
  })
})

describe('in a new directory', () => {
  test('a path longer than that of a socket works', async () => {
    const dataDir = path.join(temporaryDirectory(), 'long'.repeat(20), 'longer'.repeat(20))
    cleanUps.push(() => remove(dataDir))

    const postgres = await startIn(dataDir)

    expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('of two that start at once, one gets the directory and the other fails with a sentence', async () => {
    const dataDir = temporaryDirectory()

    const holders = [holdInProcess(dataDir), holdInProcess(dataDir)]
    const words = await Promise.all(holders.map(({ word }) => word))

    expect(words.sort()).toEqual([expect.stringMatching(/^Another Deskbell is running/), 'holding'])
    expect(runs(dataDir, postmasterPid(dataDir))).toBe(true)
  })

  test('an interrupted start leaves nothing that blocks the next', async () => {
    const dataDir = temporaryDirectory()
    const dead = spawnSync('true').pid
    mkdirSync(path.join(dataDir, `postgres.new-${dead}-abc`))
    writeFileSync(path.join(dataDir, `postgres.new-${dead}-abc/half`), 'made')

    const postgres = await startIn(dataDir)

    expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    expect(
      statSync(path.join(dataDir, `postgres.new-${dead}-abc`), { throwIfNoEntry: false }),
    ).toBe(undefined)
  })

  test('files of others in the folder of the database are left alone', async () => {
    const dataDir = temporaryDirectory()
    mkdirSync(path.join(dataDir, 'postgres'))
    writeFileSync(path.join(dataDir, 'postgres/letter.txt'), 'Dear …')

    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(/Move it away/)
    expect(readFileSync(path.join(dataDir, 'postgres/letter.txt'), 'utf8')).toBe('Dear …')
  })

  test.runIf(isRoot && hasNamespaces)(
    'root runs it in a user namespace, where only root may read',
    async () => {
      const parent = temporaryDirectory()
      chmodSync(parent, 0o700)
      const dataDir = path.join(parent, 'data')

      const postgres = await startIn(dataDir)

      const namespace = `/proc/${postmasterPid(dataDir)}/ns/user`
      expect(readlinkSync(namespace)).not.toBe(readlinkSync('/proc/self/ns/user'))
      expect(statSync(dataDir)).toMatchObject({ uid: 0, mode: 0o40700 })
      expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
    },
  )

  test.runIf(isRoot && hasNamespaces)(
    'without user namespaces, root gives the directory to the user nobody',
    async () => {
      const dataDir = temporaryDirectory()

      const holder = await holdWithoutNamespaces(dataDir)

      expect(await holder.word).toBe('holding')
      expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(65_534)
      expect(statSync(dataDir)).toMatchObject({ uid: 65_534, mode: 0o40700 })
    },
  )

  test.runIf(isRoot && hasNamespaces)(
    'a PostgreSQL of another user is shut down in order, also by root of a container',
    async () => {
      const dataDir = temporaryDirectory()
      const exec = 'exec setpriv --bounding-set=-sys_ptrace --'

      const holder = await holdWithoutNamespaces(dataDir, { exec })
      expect(await holder.word).toBe('holding')
      holder.child.kill('SIGTERM')
      expect(await holder.exit).toBe(0)

      const words = readFileSync(path.join(dataDir, 'postgres.log'), 'utf8')
      expect(words).toContain('received fast shutdown request')
    },
  )

  test.runIf(isRoot && hasNamespaces)(
    'the user nobody reaches the programs and the database in a folder that only root may enter',
    async () => {
      const closed = temporaryDirectory()
      const clone = path.join(closed, 'clone')
      mkdirSync(clone)
      const dataDir = path.join(closed, 'data')
      const exec = `mount --rbind "${repository}" "${clone}" && exec`
      const script = path.join(clone, path.relative(repository, holdScript))

      const holder = await holdWithoutNamespaces(dataDir, { exec, script })

      expect(await holder.word).toBe('holding')
      expect(statSync(closed)).toMatchObject({ uid: 0, mode: 0o40700 })
    },
  )

  test.runIf(isRoot && hasNamespaces)(
    'without these rights either, the error says what to do',
    async () => {
      const dataDir = path.join(temporaryDirectory(), 'out-of-reach')
      const exec = 'exec setpriv --bounding-set=-dac_read_search,-dac_override --'

      const holder = await holdWithoutNamespaces(dataDir, { exec })

      expect(await holder.word).toMatch(/Start Deskbell as an ordinary user, or set DATABASE_URL/)
      expect(await holder.exit).toBe(1)
    },
  )

  test('an ordinary user runs it as itself', async () => {
    const dataDir = temporaryDirectory()
    const user = ordinaryUser()
    if (user !== undefined) chownSync(dataDir, user.uid, user.gid)

    const holder = holdAsOwner(dataDir)

    expect(await holder.word).toBe('holding')
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(user?.uid ?? process.getuid?.())
    expect(readlinkSync(`/proc/${postmasterPid(dataDir)}/ns/user`)).toBe(
      readlinkSync('/proc/self/ns/user'),
    )
  })

  test.runIf(isRoot)('root runs it as the owner of a directory that is not root’s', async () => {
    const dataDir = temporaryDirectory()
    const user = ordinaryUser()
    chownSync(dataDir, user?.uid ?? 0, user?.gid ?? 0)

    const postgres = await startIn(dataDir)

    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(user?.uid)
    expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }])
  })
})

/** For root: another user who is in every password file. For others: themselves. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
  return isRoot ? { uid: 1, gid: 1 } : undefined
}
