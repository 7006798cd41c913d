// Ends what a test run started, once the run itself has ended, however that came about: the pipe to this process's
// stdin closes even where the run was killed. What belongs to a run bears its folder, the TMPDIR of its processes.
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processesOf } from './processes-of.ts'
import { sharedMemory } from './shared-memory.ts'

const folder = process.argv[2] ?? ''
const patienceMs = 10_000
const pollMs = 20

for await (const _chunk of process.stdin);
await endProcesses()
removeSharedMemory()
rmSync(folder, { recursive: true, force: true })

/** Again and again: what is ended last may have started something meanwhile. */
async function endProcesses(): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = processesOf(folder).filter(({ pid }) => pid !== process.pid)
    const overdueMs = performance.now() - deadline
    // What even that has not ended is not ours to end.
    if (found.length === 0 || overdueMs > patienceMs) return
    for (const { pid, command } of found) end(pid, overdueMs > 0 ? 'SIGKILL' : signalFor(command))
    await delay(pollMs)
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
    // A paused one would not notice.
    process.kill(pid, 'SIGCONT')
  } catch {
    // It has ended.
  }
}

/** A killed PostgreSQL leaves its shared memory behind. */
function signalFor(command: string): NodeJS.Signals {
  if (!/^(\S*\/)?postgres[ :]/.test(command)) return 'SIGKILL'
  // One of initdb's ends by itself without it, and leaves its memory behind at any signal.
  return / --(boot|check|single) /.test(command) ? 'SIGCONT' : 'SIGQUIT'
}

/** Of a PostgreSQL that a test killed: its pid file names its process and, in line 7, the segment. */
function removeSharedMemory(): void {
  const segments = sharedMemory()
  for (const file of globSync('**/postmaster.pid', { cwd: folder })) {
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n')
    const pid = Math.abs(Number(lines[0]))
    const left = segments.filter(({ id, maker }) => maker === pid && lines[6]?.endsWith(` ${id}`))
    for (const { id } of left) spawnSync('ipcrm', ['-m', id])
  }
}
