// Ends the processes that a test run started, once the run itself has ended for any reason: the pipe to this
// process's stdin closes even when the run is killed. A process belongs to the run when it bears the run's folder,
// which is its TMPDIR.
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

/** Repeats, because a process may start another one just before it ends. */
async function endProcesses(): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = processesOf(folder).filter(({ pid }) => pid !== process.pid)
    const overdueMs = performance.now() - deadline
    // A process that is still there after SIGKILL cannot be ended from here.
    if (found.length === 0 || overdueMs > patienceMs) return
    for (const { pid, command } of found) end(pid, overdueMs > 0 ? 'SIGKILL' : signalFor(command))
    await delay(pollMs)
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
    // A paused process would not react to the signal.
    process.kill(pid, 'SIGCONT')
  } catch {
    // The process has ended.
  }
}

/** SIGKILL would make PostgreSQL leave its shared memory behind. */
function signalFor(command: string): NodeJS.Signals {
  if (!/^(\S*\/)?postgres[ :]/.test(command)) return 'SIGKILL'
  // A PostgreSQL of initdb ends by itself, and leaves its shared memory behind after any signal that ends it.
  return / --(boot|check|single) /.test(command) ? 'SIGCONT' : 'SIGQUIT'
}

/**
 * Removes the shared memory of a PostgreSQL that a test killed: its pid file names its process and, in line 7, the
 * segment.
 */
function removeSharedMemory(): void {
  const segments = sharedMemory()
  for (const file of globSync('**/postmaster.pid', { cwd: folder })) {
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n')
    const pid = Math.abs(Number(lines[0]))
    const left = segments.filter(({ id, maker }) => maker === pid && lines[6]?.endsWith(` ${id}`))
    for (const { id } of left) spawnSync('ipcrm', ['-m', id])
  }
}
