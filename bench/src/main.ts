import { cpus } from 'node:os'
import { makeDataDir, removeDataDir, startDesk } from './desk.ts'
import { fanOut } from './figures/fan-out.ts'
import { latency } from './figures/latency.ts'
import { memory } from './figures/memory.ts'
import { requests } from './figures/requests.ts'
import { startUp } from './figures/start-up.ts'
import { unreadEdits } from './figures/unread-edits.ts'
import { fill } from './fill.ts'
import type { Crew } from './fill.ts'
import { table } from './table.ts'
import type { Line } from './table.ts'

const lines: Line[] = []
const startedAt = performance.now()
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`)

lines.push(...(await step('start-up', startUp)))
const dataDir = makeDataDir()
try {
  const crew = await step('10,000 tickets', () => filledDesk(dataDir))
  const costs = await step('requests', () => requests(dataDir, crew))
  const desk = await startDesk(dataDir)
  try {
    lines.push(await step('memory', () => memory(desk.pid, 'after a start', '≤ 300 MB')))
    lines.push(...costs)
    lines.push(await step('latency', () => latency(desk, crew)))
    lines.push(...(await step('fan-out', () => fanOut(desk, crew))))
    lines.push(await step('memory', () => memory(desk.pid, 'after all of this')))
  } finally {
    await desk.stop()
  }
  lines.push(await step('unread edits', () => unreadEdits(dataDir, crew)))
} finally {
  removeDataDir(dataDir)
}
console.log(`\n${table(lines)}`)

async function filledDesk(directory: string): Promise<Crew> {
  const desk = await startDesk(directory)
  try {
    return await fill(desk.databaseUrl())
  } finally {
    await desk.stop()
  }
}

async function step<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  const result = await run()
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${name}`)
  return result
}
