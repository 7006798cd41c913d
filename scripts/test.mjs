// `npm test [file …] [vitest options]`: the checks and every test. With files or options given, only those.
import { spawnSync } from 'node:child_process'
import { parseCLI, startVitest } from 'vitest/node'
import { TestCounter } from './test-counter.ts'

const wanted = process.argv.slice(2)
const counter = new TestCounter()

if (wanted.length === 0 && !checksPass()) counter.failed += 1
await runTests()

const skipped = counter.skipped > 0 ? `, ${counter.skipped} skipped` : ''
console.log(`${counter.passed} passed, ${counter.failed} failed${skipped}`)
process.exit(counter.failed === 0 && counter.passed > 0 ? 0 : 1)

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
