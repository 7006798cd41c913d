// `npm test [file …] [vitest options]`: runs the checks and every test; with files or options, only these.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseCLI, startVitest } from 'vitest/node'
import { TestCounter } from './test-counter.ts'

const wanted = process.argv.slice(2)
const counter = new TestCounter()
const memory = '/dev/shm'
const roomInMemory = 4 * 2 ** 30

prepareEnvironment()
const guard = startGuard()
endWithParent()
if (wanted.length === 0 && !checksPass()) counter.failed += 1
await runTests()
guard.stdin.end()
await once(guard, 'exit')

const skipped = counter.skipped > 0 ? `, ${counter.skipped} skipped` : ''
console.log(`${counter.passed} passed, ${counter.failed} failed${skipped}`)
process.exit(counter.failed === 0 && counter.passed > 0 ? 0 : 1)

/** Gives this run a folder of its own, in which tests start programs and write files. */
function prepareEnvironment() {
  // PostgreSQL's programs and its driver read these variables.
  for (const name of Object.keys(process.env)) if (name.startsWith('PG')) delete process.env[name]
  const folder = mkdtempSync(path.join(scratchFolder(), 'deskbell-'))
  // Some tests run as another user.
  chmodSync(folder, 0o1777)
  process.env.TMPDIR = folder
}

/** A folder in memory if it has enough room: copying a database takes 20 ms there, and up to 400 ms on a disk. */
function scratchFolder() {
  const { TMPDIR } = process.env
  if (TMPDIR !== undefined && existsSync(TMPDIR)) return TMPDIR
  if (!existsSync(memory)) return '/tmp'
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > roomInMemory ? memory : '/tmp'
}

/** Starts the guard in a session of its own, so that a signal that ends this process does not reach it. */
function startGuard() {
  const program = path.join(import.meta.dirname, 'guard-run.ts')
  return spawn(process.execPath, [program, tmpdir()], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  })
}

/** npm does not pass on the signal that kills it, so this process watches its parent. */
function endWithParent() {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || process.exit(1), 200).unref()
}

function checksPass() {
  const run = spawnSync('npm', ['run', '--silent', 'check'], { stdio: 'inherit' })
  if (run.status === 0) return true
  console.error('The checks failed (npm run check).\n')
  return false
}

async function runTests() {
  const { filter, options } = parseCLI(['vitest', 'run', ...wanted])
  try {
    const vitest = await startVitest('test', filter, {
      ...options,
      reporters: ['default', counter],
    })
    await vitest.close()
  } catch (error) {
    counter.failed += 1
    console.error(error)
  }
}
