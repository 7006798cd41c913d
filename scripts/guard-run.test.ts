import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { processesOf } from './processes-of.ts'
import { sharedMemory } from './shared-memory.ts'

const endings: [string, (npm: number) => void][] = [
  ['Ctrl-C', (npm) => process.kill(-npm, 'SIGINT')],
  ['a terminal that closes', (npm) => process.kill(-npm, 'SIGHUP')],
  ['SIGTERM', (npm) => process.kill(npm, 'SIGTERM')],
  ['SIGKILL of npm', (npm) => process.kill(npm, 'SIGKILL')],
  ['SIGKILL of the runner', (npm) => process.kill(childOf(npm), 'SIGKILL')],
]

test.each(endings)(
  'tests that end by %s leave no process, no shared memory and no file behind',
  { timeout: 60_000 },
  async (_name, end) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'run-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const child = spawn('npm', ['test', 'server/src/database/embedded/embedded-postgres.test.ts'], {
      cwd: path.resolve(import.meta.dirname, '..'),
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: folder },
      stdio: 'ignore',
      detached: true,
    })
    const exit = once(child, 'exit')
    // One segment belongs to the PostgreSQL of all tests, the others to the PostgreSQL of a single test.
    await expect.poll(() => memoryOf(folder).length, { timeout: 40_000 }).toBeGreaterThan(1)
    const segments = memoryOf(folder)

    end(child.pid ?? 0)
    await exit

    await expect.poll(() => processesOf(folder), { timeout: 20_000 }).toEqual([])
    // npm keeps its cache in this folder, so only the run's own folders count.
    expect(globSync('deskbell-*', { cwd: folder })).toEqual([])
    expect(sharedMemory().filter(({ id }) => segments.includes(id))).toEqual([])
  },
)

function memoryOf(folder: string): string[] {
  const pids = new Set(processesOf(folder).map(({ pid }) => pid))
  return sharedMemory().flatMap(({ id, maker }) => (pids.has(maker) ? [id] : []))
}

function childOf(pid: number): number {
  return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10)
}
