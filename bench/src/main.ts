import { cpus } from 'node:os'
import { makeDataDir, removeDataDir, startDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { fanOut } from './figures/fan-out.ts'
import { inTheBrowser } from './figures/in-the-browser.ts'
import { latency } from './figures/latency.ts'
import { longTicket } from './figures/long-ticket.ts'
import { memory } from './figures/memory.ts'
import { millionTickets } from './figures/million-tickets.ts'
import { presence } from './figures/presence.ts'
import { requests } from './figures/requests.ts'
import { startUp } from './figures/start-up.ts'
import { underAttack } from './figures/under-attack.ts'
import { unreadEdits } from './figures/unread-edits.ts'
import { fill } from './fill.ts'
import type { Crew } from './fill.ts'
import { table } from './table.ts'
import type { Line } from './table.ts'

type Figure = (dataDir: string, crew: Crew) => Promise<Line | Line[]>

/** All figures but the last share 10,000 tickets, and the changes that earlier figures made. */
const figures: Record<string, Figure> = {
  'start-up': startUp,
  memory: onDesk(({ pid }) => memory(pid, 'after a start', '≤ 300 MB')),
  requests,
  latency: onDesk(latency),
  'fan-out': onDesk(async (desk, crew) => [
    ...(await fanOut(desk, crew)),
    await memory(desk.pid, 'after fan-out'),
  ]),
  'under-attack': underAttack,
  'unread-edits': unreadEdits,
  presence,
  'long-ticket': longTicket,
  'in-the-browser': inTheBrowser,
  'million-tickets': millionTickets,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(figures, name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(figures).join(', ')}`)
  process.exit(1)
}

const lines: Line[] = []
const startedAt = performance.now()
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}`)

const dataDir = makeDataDir()
try {
  const crew = await step('10,000 tickets', () => filledDesk(dataDir))
  for (const [name, figure] of Object.entries(figures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    lines.push(...[await step(name, () => figure(dataDir, crew))].flat())
  }
} finally {
  removeDataDir(dataDir)
}
console.log(`\n${table(lines)}`)

async function filledDesk(directory: string): Promise<Crew> {
  const desk = await startDesk(directory)
  try {
    return await fill(desk)
  } finally {
    await desk.stop()
  }
}

/** Runs a figure on a server that has just started. */
function onDesk(figure: (desk: Desk, crew: Crew) => Promise<Line | Line[]>): Figure {
  return async (directory, crew) => {
    const desk = await startDesk(directory)
    try {
      return await figure(desk, crew)
    } finally {
      await desk.stop()
    }
  }
}

async function step<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
  const result = await run()
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${name}`)
  return result
}
