import { client } from '../client.ts'
import type { Client } from '../client.ts'
import type { Desk } from '../desk.ts'
import { rareWord } from '../fill.ts'
import type { Crew } from '../fill.ts'
import { cpuBetween, cpuOf } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

/** As the peers were measured. */
const warmUps = 8
const times = 200
/** The peers are interpreters; a server in JavaScript is its slowest while it is new, and a desk is so once a year. */
const steadyAfter = 2_000

interface Page {
  items: { id: string; number: number }[]
}

/** The best of RT 5.0.3, Redmine 5.0.4 and osTicket 1.18.1 on such a machine with the same amount of text: CPU ms. */
const bestPeer = {
  list: { who: 'RT', server: 22, database: 9.8 },
  ticket: { who: 'Redmine', server: 18.7, database: 3.4 },
  create: { who: 'osTicket', server: 12.9, database: 12.6 },
  comment: { who: 'osTicket', server: 6.7, database: 4.7 },
  search: { who: 'RT', server: 22.8, database: 5.1 },
}

type Name = keyof typeof bestPeer

/** Processor time of server and PostgreSQL per request, one after the other, with 10,000 tickets of three comments. */
export async function requests(desk: Desk, { cookies }: Crew): Promise<Line[]> {
  const web = client(desk.url, cookies[0] ?? '')
  try {
    const ids = await someTickets(web)
    const lines: Line[] = []
    for (const [name, ask] of Object.entries(operations(web, ids)) as [Name, Operation][]) {
      lines.push(await measure(desk.pid, name, ask))
    }
    return lines
  } finally {
    web.close()
  }
}

type Operation = (index: number) => Promise<void>

function operations({ call }: Client, ids: readonly string[]): Record<Name, Operation> {
  const body = 'The words of a comment that somebody wrote in a hurry, but not too short. '.repeat(
    3,
  )
  return {
    async list() {
      expect((await call<Page>('GET', '/api/tickets?limit=50')).items.length, 50)
    },
    async ticket(index) {
      const { timeline } = await call<{ timeline: unknown[] }>('GET', `/api/tickets/${ids[index]}`)
      expect(timeline.length, 4)
    },
    async create(index) {
      const title = `Printer ${index} on the second floor does not print`
      const made = await call<{ ticket: { title: string } }>('POST', '/api/tickets', {
        title,
        description: body,
      })
      expect(made.ticket.title, title)
    },
    async comment(index) {
      const path = `/api/tickets/${ids[index]}/comments`
      const made = await call<{ comment: { body: string } }>('POST', path, { body })
      expect(made.comment.body, body)
    },
    async search() {
      expect((await call<Page>('GET', `/api/tickets?q=${rareWord}&limit=50`)).items.length, 50)
    },
  }
}

/** Far from each other in time, so that they do not share pages. */
async function someTickets({ call }: Client): Promise<string[]> {
  const ids: string[] = []
  let after = ''
  while (ids.length < warmUps + times + steadyAfter + times) {
    const page = await call<Page & { next: string | null }>(
      'GET',
      `/api/tickets?limit=100&sort=created${after}`,
    )
    ids.push(...page.items.map(({ id }) => id))
    after = `&after=${page.next}`
  }
  return ids
}

async function measure(pid: number, name: Name, ask: Operation): Promise<Line> {
  let index = 0
  async function repeat(count: number): Promise<number[]> {
    const durations: number[] = []
    for (const end = index + count; index < end; index += 1) {
      const startedAt = performance.now()
      await ask(index)
      durations.push(performance.now() - startedAt)
    }
    return durations
  }

  async function sample(): Promise<string> {
    const before = cpuOf(pid)
    const durations = await repeat(times)
    const used = cpuBetween(before, cpuOf(pid))
    const [server, database] = [used.server / times, used.database / times]
    const share = (peer.server + peer.database) / (server + database)
    const p50 = quantile(durations, 0.5).toFixed(1)
    return `1/${share.toFixed(1)} (${server.toFixed(2)} + ${database.toFixed(2)} ms, p50 ${p50})`
  }

  const peer = bestPeer[name]
  await repeat(warmUps)
  const fresh = await sample()
  await repeat(steadyAfter)
  const steady = await sample()
  return {
    what: `CPU of server + PostgreSQL per ${name}, of ${peer.who}'s ${peer.server} + ${peer.database} ms`,
    measured: `new ${fresh}, steady ${steady}`,
    goal: '≤ 1/5, then 1/10',
  }
}

function expect(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${String(found)} instead of ${String(expected)}`)
}
