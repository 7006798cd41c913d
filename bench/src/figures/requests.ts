import { randomUUID } from 'node:crypto'
import { startBareComments } from '../bare-comments.ts'
import { client } from '../client.ts'
import type { Client } from '../client.ts'
import { startDesk } from '../desk.ts'
import { rareWord } from '../fill.ts'
import type { Crew } from '../fill.ts'
import { cpuBetween, cpuOf } from '../processes.ts'
import type { Usage } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

/** The same numbers as in the measurement of the peers. */
const warmUps = 8
const times = 200
/**
 * The peers are interpreters. A server in JavaScript is slowest just after its start, and a desk starts about once a
 * year.
 */
const steadyAfter = 2_000
/** Of this many attempts the cheapest counts, as for the peers: other work on the machine can only add to a cost. */
const attempts = 5

interface Page {
  items: { id: string; number: number }[]
}

const osTicketComment = { who: 'osTicket', server: 6.7, database: 4.7 }

/** The best of RT 5.0.3, Redmine 5.0.4 and osTicket 1.18.1 on such a machine with the same amount of text: CPU ms. */
const bestPeer = {
  list: { who: 'RT', server: 22, database: 9.8 },
  ticket: { who: 'Redmine', server: 18.7, database: 3.4 },
  create: { who: 'osTicket', server: 12.9, database: 12.6 },
  comment: osTicketComment,
  bareComment: osTicketComment,
  search: { who: 'RT', server: 22.8, database: 5.1 },
}

type Name = keyof typeof bestPeer
const names = Object.keys(bestPeer) as Name[]

/** The cost of one request: CPU time in ms, and the median duration in ms. */
interface Cost {
  server: number
  database: number
  p50: number
}

/**
 * CPU time of server and PostgreSQL per request, one request after the other, with 10,000 tickets of three comments
 * each.
 */
export async function requests(dataDir: string, crew: Crew): Promise<Line[]> {
  const fresh: Record<Name, Cost>[] = []
  while (fresh.length < attempts) fresh.push(await costsOf(dataDir, crew, warmUps, 1))
  const steady = await costsOf(dataDir, crew, steadyAfter, attempts)

  return names.map((name) => {
    const { who, server, database } = bestPeer[name]
    const least = leastOf(fresh.map((costs) => costs[name]))
    const measured = `new ${beside(name, least)}, steady ${beside(name, steady[name])}`
    if (name === 'bareComment') return { what: '  the same: its row, its count, no more', measured }
    const what = `CPU of server + PostgreSQL per ${name}, of ${who}'s ${server} + ${database} ms`
    return { what, measured, goal: '≤ 1/5, then 1/10' }
  })
}

/** The cost of each kind of request on a server that has just started, after `warmUps` requests of that kind. */
async function costsOf(
  dataDir: string,
  { cookies }: Crew,
  before: number,
  tries: number,
): Promise<Record<Name, Cost>> {
  const desk = await startDesk(dataDir)
  const web = client(desk.url, cookies)
  const bare = await startBareComments(desk, cookies[0] ?? '')
  try {
    const costs: [Name, Cost][] = []
    for (const [name, ask] of Object.entries(operations(web, bare, await someTickets(web)))) {
      const server = name === 'bareComment' ? bare.pid : desk.pid
      const used = () => ({ server: cpuOf(server).server, database: cpuOf(desk.pid).database })
      await durationsOf(before, ask)
      const all: Cost[] = []
      while (all.length < tries) all.push(await costOf(used, ask))
      costs.push([name as Name, leastOf(all)])
    }
    return Object.fromEntries(costs) as Record<Name, Cost>
  } finally {
    bare.close()
    web.close()
    await desk.stop()
  }
}

async function costOf(usage: () => Usage, ask: Operation): Promise<Cost> {
  const before = usage()
  const durations = await durationsOf(times, ask)
  const used = cpuBetween(before, usage())
  return {
    server: used.server / times,
    database: used.database / times,
    p50: quantile(durations, 0.5),
  }
}

async function durationsOf(count: number, ask: Operation): Promise<number[]> {
  const durations: number[] = []
  while (durations.length < count) {
    const startedAt = performance.now()
    await ask()
    durations.push(performance.now() - startedAt)
  }
  return durations
}

function leastOf(costs: readonly Cost[]): Cost {
  return costs.reduce((a, b) => (b.server + b.database < a.server + a.database ? b : a))
}

function beside(name: Name, { server, database, p50 }: Cost): string {
  const peer = bestPeer[name]
  const share = (peer.server + peer.database) / (server + database)
  return `1/${share.toFixed(1)} (${server.toFixed(2)} + ${database.toFixed(2)} ms, p50 ${p50.toFixed(1)})`
}

/** Makes one more request. An operation on tickets takes the next ticket each time. */
type Operation = () => Promise<void>

function operations(
  { call }: Client,
  bare: Pick<Client, 'call'>,
  ids: readonly string[],
): Record<Name, Operation> {
  const body = 'The words of a comment that somebody wrote in a hurry, but not too short. '.repeat(
    3,
  )
  // Tickets that are read get no new comments, because the cost of reading depends on their length.
  const third = ids.length / 3
  const read = ids.values().take(third)
  const written = ids.values().drop(third).take(third)
  const writtenBare = ids.values().drop(2 * third)
  return {
    async list() {
      expect((await call<Page>('GET', '/api/tickets?limit=50')).items.length, 50)
    },
    async ticket() {
      const path = `/api/tickets/${read.next().value}`
      const { timeline } = await call<{ timeline: unknown[] }>('GET', path)
      expect(timeline.length, 4)
    },
    async create() {
      const title = `Printer ${randomUUID()} on the second floor does not print`
      const made = await call<{ ticket: { title: string } }>('POST', '/api/tickets', {
        title,
        description: body,
      })
      expect(made.ticket.title, title)
    },
    async comment() {
      const path = `/api/tickets/${written.next().value}/comments`
      const made = await call<{ comment: { body: string } }>('POST', path, { body })
      expect(made.comment.body, body)
    },
    async bareComment() {
      const path = `/${writtenBare.next().value}`
      const made = await bare.call<{ comment: { body: string } }>('POST', path, { body })
      expect(made.comment.body, body)
    },
    async search() {
      expect((await call<Page>('GET', `/api/tickets?q=${rareWord}&limit=50`)).items.length, 50)
    },
  }
}

/** Tickets from different times, so that they do not share pages of the database. */
async function someTickets({ call }: Client): Promise<string[]> {
  const ids: string[] = []
  let after = ''
  while (ids.length < 3 * (steadyAfter + attempts * times)) {
    const page = await call<Page & { next: string | null }>(
      'GET',
      `/api/tickets?limit=100&sort=created${after}`,
    )
    ids.push(...page.items.map(({ id }) => id))
    after = `&after=${page.next}`
  }
  return ids
}

function expect(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${String(found)} instead of ${String(expected)}`)
}
