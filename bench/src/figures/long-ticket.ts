import { client } from '../client.ts'
import type { Client } from '../client.ts'
import { startDesk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import { watchMemory } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'
import { writeComments } from '../write-comments.ts'

const comments = 1_500
const characters = 20_000
const times = 20

/** The newest page comes with its ticket and calls its lines `timeline`; the other pages call them `items`. */
interface Page {
  timeline?: unknown[]
  items?: unknown[]
  earlier: string | null
}

/** The cost to read a ticket of very many very long comments: its newest page, and all of it. */
export async function longTicket(dataDir: string, { cookies }: Crew): Promise<Line[]> {
  const [cookie = ''] = cookies
  const id = await makeLongTicket(dataDir, cookie)
  const desk = await startDesk(dataDir)
  const web = client(desk.url, cookie)
  const memory = watchMemory(desk.pid)
  try {
    const path = `/api/tickets/${id}`
    const newest: number[] = []
    while (newest.length < times) newest.push((await readPage(web, path)).ms)
    const whole = await readAll(web, path)
    if (whole.lines !== comments + 1) throw new Error(`${whole.lines} lines of the ticket`)

    const { before } = memory
    const most = memory.most()
    const size = `${comments.toLocaleString('en')} comments of ${characters.toLocaleString('en')} characters`
    return [
      {
        what: `newest page of a ticket with ${size}`,
        measured: `p50 ${quantile(newest, 0.5).toFixed(0)} ms, p95 ${quantile(newest, 0.95).toFixed(0)} ms`,
      },
      {
        what: `  the same: all of its ${whole.pages} pages`,
        measured: `${(whole.ms / 1000).toFixed(1)} s, a page at most ${whole.slowestMs.toFixed(0)} ms`,
      },
      {
        what: '  the same: memory of server and PostgreSQL',
        measured: `${Math.round(before.server)} + ${Math.round(before.database)} MB before, ${Math.round(most.server)} + ${Math.round(most.database)} MB at most`,
        goal: '≤ 400 MB',
      },
    ]
  } finally {
    memory.most()
    web.close()
    await desk.stop()
  }
}

/** Writes the comments straight into the database; the next server that starts knows them. */
async function makeLongTicket(dataDir: string, cookie: string): Promise<string> {
  const desk = await startDesk(dataDir)
  const web = client(desk.url, cookie)
  try {
    const body = { title: 'A long story', description: '' }
    const made = await web.call<{ ticket: { id: string } }>('POST', '/api/tickets', body)
    await writeComments(desk.databaseUrl(), {
      ticketId: made.ticket.id,
      count: comments,
      body: text,
    })
    return made.ticket.id
  } finally {
    web.close()
    await desk.stop()
  }
}

const text = `left(n || repeat(' a long story of a printer on the second floor', ${characters / 40}), ${characters})`

async function readPage({ call }: Client, path: string): Promise<{ page: Page; ms: number }> {
  const startedAt = performance.now()
  const page = await call<Page>('GET', path)
  return { page, ms: performance.now() - startedAt }
}

/** Reads from the newest page back to the first, one page after the other. */
async function readAll(web: Client, path: string) {
  const whole = { pages: 0, lines: 0, ms: 0, slowestMs: 0 }
  for (let next: string | null = path; next !== null;) {
    const { page, ms }: Awaited<ReturnType<typeof readPage>> = await readPage(web, next)
    whole.pages += 1
    whole.lines += (page.timeline ?? page.items ?? []).length
    whole.ms += ms
    whole.slowestMs = Math.max(whole.slowestMs, ms)
    next = page.earlier && `${path}/timeline?limit=100&before=${page.earlier}`
  }
  return whole
}
