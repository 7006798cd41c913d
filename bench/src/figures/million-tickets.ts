import { makeDataDir, removeDataDir, startDesk } from '../desk.ts'
import { client } from '../client.ts'
import type { Client } from '../client.ts'
import { fillMillion } from '../fill-million.ts'
import type { MillionCrew } from '../fill-million.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

const times = 100
const renames = 20

/** The queries of a requester's lists: every sort, and the filters that requesters use. */
const lists: readonly string[] = [
  ...['-updated', 'updated', '-created', 'created', '-priority', 'priority'].map(
    (sort) => `sort=${sort}`,
  ),
  'status=open,in_progress,waiting',
  'status=closed',
  'priority=urgent',
  'creator=me',
  'assignee=none',
]

/** Reads of requesters with 530 tickets of a million and of a front desk with 43,000, and what a new name of an admin costs. */
export async function millionTickets(): Promise<Line[]> {
  const dataDir = makeDataDir()
  try {
    const filling = await startDesk(dataDir)
    const crew = await fillMillion(filling)
    await filling.stop()
    const desk = await startDesk(dataDir)
    try {
      return await measure(desk.url, crew)
    } finally {
      await desk.stop()
    }
  } finally {
    removeDataDir(dataDir)
  }
}

async function measure(
  url: string,
  { admins, requesters, frontDesk }: MillionCrew,
): Promise<Line[]> {
  const web = client(url, requesters)
  const desk = client(url, frontDesk)
  const staff = client(url, admins)
  const lines = [
    await line('lists of requesters, first page', () => eachList(web, false)),
    await line('  the same: second page', () => eachList(web, true)),
    await line('  the same, of a front desk that raised 43,000 tickets: first page', () =>
      eachList(desk, false),
    ),
    await line('  the same: second page', () => eachList(desk, true)),
    await line('  counters', () => repeat(times, () => web.call('GET', '/api/counters'))),
    await line('  search', () => repeat(times, (n) => web.call('GET', `/api/tickets?q=w${n}`))),
    await line('  names for pickers', () =>
      repeat(times, () => web.call('GET', '/api/people/names')),
    ),
    await line('  what was missed in a week', () => repeat(times, () => web.call('GET', missed()))),
    await line('  the same, of staff', () => repeat(times, () => staff.call('GET', missed()))),
    await line('the 17,000 that nobody has looked at: first page', () => unlooked(staff, false)),
    await line('  the same: second page', () => unlooked(staff, true)),
    await line('  the same: counters', () =>
      repeat(times, () => staff.call('GET', '/api/counters')),
    ),
    await line('new name of an admin who was on 20,000 tickets', () => rename(url, admins)),
  ]
  for (const one of [web, desk, staff]) one.close()
  return lines
}

async function line(what: string, run: () => Promise<number[]>): Promise<Line> {
  const ms = await run()
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(ms, share).toFixed(0))
  return {
    what: `A million tickets: ${what}`,
    measured: `p50 ${p50} ms, p95 ${p95} ms`,
    goal: '≤ 20 ms',
  }
}

async function repeat(count: number, call: (n: number) => Promise<unknown>): Promise<number[]> {
  const ms: number[] = []
  for (let n = 0; n < count; n += 1) {
    const startedAt = performance.now()
    await call(n)
    ms.push(performance.now() - startedAt)
  }
  return ms
}

function missed(): string {
  return `/api/me/missed?since=${new Date(Date.now() - 7 * 24 * 3_600_000).toISOString()}`
}

function unlooked(web: Client, later: boolean): Promise<number[]> {
  const view = 'eyes=none&sort=pressing&status=open,in_progress,waiting'
  return pages(web, Array<string>(times).fill(view), later)
}

function eachList(web: Client, later: boolean): Promise<number[]> {
  return pages(
    web,
    Array.from({ length: times / 10 }).flatMap(() => lists),
    later,
  )
}

async function pages(web: Client, queries: readonly string[], later: boolean): Promise<number[]> {
  const ms: number[] = []
  for (const query of queries) {
    const path = `/api/tickets?limit=10&${query}`
    const first = performance.now()
    // A cursor is valid for everyone, so the next person may continue with it.
    const { next } = await web.call<{ next: string | null }>('GET', path)
    const second = performance.now()
    if (!later) ms.push(second - first)
    else if (next !== null) {
      await web.call('GET', `${path}&after=${next}`)
      ms.push(performance.now() - second)
    }
  }
  return ms
}

/** One admin after the other gets a new name. */
async function rename(url: string, admins: readonly string[]): Promise<number[]> {
  const web = client(url, admins)
  const ms = await repeat(renames, (n) => web.call('PATCH', '/api/me', { name: `Renamed ${n}` }))
  web.close()
  return ms
}
