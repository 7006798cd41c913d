import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { client } from '../client.ts'
import { ask, socketUrl } from '../crowd.ts'
import { startDesk } from '../desk.ts'
import type { Desk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import type { OfficeAnswer, OfficeRequest } from '../presence-process.ts'
import { cpuOf } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

const sizes = [500, 1_000, 2_000]
const ticketCount = 50
const workMs = 20_000
const changeEveryMs = 500

/** People who look at 50 tickets, write and move on, beside the same connections without presence. */
export async function presence(dataDir: string, { cookies }: Crew): Promise<Line[]> {
  const lines: Line[] = []
  for (const size of sizes) {
    const desk = await startDesk(dataDir)
    try {
      lines.push(...(await officeLines(desk, cookies[0] ?? '', size)))
    } finally {
      await desk.stop()
    }
  }
  return lines
}

async function officeLines(desk: Desk, writer: string, size: number): Promise<Line[]> {
  const web = client(desk.url, writer)
  const child = fork(path.join(import.meta.dirname, '../presence-process.ts'))
  const work = (request: OfficeRequest) => ask<OfficeAnswer>(child, request)
  try {
    const people = await hire(desk, size)
    const { items } = await web.call<{ items: { id: string }[] }>(
      'GET',
      '/api/tickets?sort=created',
    )
    const tickets = items.slice(0, ticketCount).map(({ id }) => id)
    await work({ type: 'open', url: socketUrl(desk.url), cookies: people, tickets })

    const measure = async (isPresent: boolean) => {
      const before = cpuOf(desk.pid).server
      const stop = changeAgainAndAgain(web, tickets[0] ?? '')
      const answer = await work({ type: 'work', ms: workMs, presence: isPresent })
      const busy = await stop()
      return { answer, busy, cpu: (cpuOf(desk.pid).server - before) / workMs }
    }
    const without = await measure(false)
    // The first seconds, in which everybody opens a ticket at once, are not counted.
    await work({ type: 'work', ms: 5_000, presence: true })
    const withPresence = await measure(true)
    const { answer, busy } = withPresence
    const perSecond = (count: number) => count / (workMs / 1000)
    const share = withPresence.cpu - without.cpu
    const of = (values: readonly number[], part: number) => quantile(values, part).toFixed(0)
    const kb = (bytes: number) => (perSecond(bytes) / 1024 / size).toFixed(1)
    return [
      {
        what: `${size} people with ${ticketCount} tickets: CPU of presence, of one core`,
        measured: `${percent(share)} (${percent(withPresence.cpu)} with, ${percent(without.cpu)} without)`,
        ...(size === sizes[0] && { goal: '≤ 15 %' }),
      },
      {
        what: '  the same: messages per person and second',
        measured: `${(perSecond(answer.received) / size).toFixed(2)} of ${kb(answer.receivedBytes)} KB, ${(perSecond(answer.sent) / size).toFixed(2)} sent`,
      },
      {
        what: '  the same: key → another screen',
        measured: `p50 ${of(answer.typing, 0.5)} ms, p95 ${of(answer.typing, 0.95)} ms (${answer.typing.length} times)`,
        goal: 'p95 ≤ 350 ms',
      },
      {
        what: '  the same: events of the log, with presence and without',
        measured: `p50 ${of(answer.events, 0.5)} and ${of(without.answer.events, 0.5)} ms, p95 ${of(answer.events, 0.95)} and ${of(without.answer.events, 0.95)} ms`,
      },
      ...(busy > 0
        ? [{ what: '  the same: changes that the server was too busy for', measured: String(busy) }]
        : []),
    ]
  } finally {
    child.kill()
    web.close()
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** Something happens on the desk all the time. Ending it tells how often the server was too busy. */
function changeAgainAndAgain(web: ReturnType<typeof client>, id: string): () => Promise<number> {
  let isOver = false
  async function change(): Promise<number> {
    let busy = 0
    for (let status = 'waiting'; !isOver; status = status === 'open' ? 'waiting' : 'open') {
      // More people than one core serves: it refuses some calls, and says so.
      await web.call('PUT', `/api/tickets/${id}/status`, { status }).catch((thrown: unknown) => {
        if (!String(thrown).includes('"code":"busy"')) throw thrown
        busy += 1
      })
      await delay(changeEveryMs)
    }
    return busy
  }
  const changes = change()
  return () => {
    isOver = true
    return changes
  }
}

/** Adds admins with a session each, and returns their cookies. */
async function hire(desk: Desk, count: number): Promise<string[]> {
  const database = new pg.Client(desk.databaseUrl())
  await database.connect()
  const round = randomBytes(4).toString('hex')
  const { rows } = await database.query<{ id: string }>(
    `insert into people (id, email, name, role, password_hash)
     select uuidv7(), $1 || n || '@office.example', 'Colleague ' || $1 || ' ' || n, 'admin', 'none'
     from generate_series(1, $2::integer) n returning id`,
    [round, count],
  )
  const tokens = rows.map(() => randomBytes(20).toString('base64url'))
  await database.query(
    `insert into sessions (id, person_id, token_hash, expires_at, ends_at)
     select uuidv7(), id, hash, now() + interval '7 days', now() + interval '30 days'
     from unnest($1::uuid[], $2::bytea[]) as made(id, hash)`,
    [rows.map(({ id }) => id), tokens.map((token) => createHash('sha256').update(token).digest())],
  )
  await database.end()
  return tokens.map((token) => `deskbell=${token}`)
}
