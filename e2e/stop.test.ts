import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { createLog } from '../server/src/create-log.ts'
import { startEmbeddedPostgres } from '../server/src/database/embedded/embedded-postgres.ts'
import { createDatabaseGate } from '../server/src/testing/database-gate.ts'
import { urlOf } from '../server/src/testing/url-of.ts'
import { freePort, startServer } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'deskbell-stop-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

async function start(dataDir: string, variables: Record<string, string> = {}) {
  const port = await freePort()
  const server = await startServer(dataDir, port, [], variables)
  onTestFinished(() => void server.process.kill('SIGKILL'))
  return { ...server, url: `http://127.0.0.1:${port}` }
}

/** Stops the server during a call without an answer. Resolves to its exit code, the seconds it took, and its output. */
async function stop({ process: child, url }: ServerProcess & { url: string }) {
  let output = ''
  child.stdout?.on('data', (text) => (output += String(text)))
  const unanswered = fetch(`${url}/api/setup`).catch(() => undefined)
  const began = performance.now()
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await exit
  await unanswered
  return { code: code as unknown, seconds: (performance.now() - began) / 1000, output }
}

function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  return [pid, ...children.map(Number)]
}

/**
 * Whether the process runs: one that has ended stays listed until its parent collects it, which some parents never
 * do.
 */
function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !/\) [ZX] /.test(stat)
  } catch {
    return false
  }
}

test('SIGTERM ends a server whose own PostgreSQL is paused, and that PostgreSQL with it', async () => {
  const dataDir = await temporaryDirectory()
  const server = await start(dataDir)
  const [line = ''] = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split(
    '\n',
  )
  const family = familyOf(Number(line))
  for (const pid of family) process.kill(pid, 'SIGSTOP')

  const { code, seconds, output } = await stop(server)

  expect(code).toBe(0)
  expect(seconds).toBeLessThan(10)
  expect(output).not.toContain('"level":50')
  await expect.poll(() => family.filter(isRunning), { timeout: 10_000 }).toEqual([])
})

test('SIGTERM ends a server whose connections to PostgreSQL became silent', async () => {
  const log = await createLog({ logLevel: 'silent' }, false)
  const postgres = await startEmbeddedPostgres({ dataDir: await temporaryDirectory(), log })
  onTestFinished(() => postgres.stop())
  const gate = await createDatabaseGate(postgres.connection)
  onTestFinished(() => gate.remove())
  const server = await start(await temporaryDirectory(), { DATABASE_URL: urlOf(gate.connection) })
  gate.fallSilent()

  const { code, seconds, output } = await stop(server)

  expect(code).toBe(0)
  expect(seconds).toBeLessThan(10)
  expect(output).not.toContain('"level":50')
})
