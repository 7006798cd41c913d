import { fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { BroadcastOrder, Way } from '../broadcaster-process.ts'
import { client } from '../client.ts'
import { ask, openCrowd, socketUrl } from '../crowd.ts'
import type { Crowd } from '../crowd.ts'
import type { Desk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import { cpuOf } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

const socketCount = 1_000
const rounds = 3
const perRound = 100
const everyMs = 60

interface Measured {
  /** Microseconds of the server's processor per event delivered, in the median round. */
  perDelivery: number
  sample: string
}

/** What it costs a server to deliver an event to 1,000 admins, and what the same bytes cost elsewhere. */
export async function fanOut(desk: Desk, crew: Crew): Promise<Line[]> {
  const own = await deskFanOut(desk, crew)
  const bare = await broadcasterFanOut('ws', own.sample)
  const room = await broadcasterFanOut('room', own.sample)
  const loop = await broadcasterFanOut('loop', own.sample)

  const line = (what: string, { perDelivery }: Measured, goal?: string): Line => ({
    what,
    measured: `${perDelivery.toFixed(1)} µs, ${(perDelivery / bare.perDelivery).toFixed(2)} × bare ws`,
    ...(goal === undefined ? {} : { goal }),
  })
  const bytes = Buffer.byteLength(own.sample)
  return [
    line(`CPU per delivered event (${bytes} B), 1,000 sockets: Deskbell`, own, '≤ 1.6 × bare ws'),
    line('  the same: bare ws, one frame built once', bare),
    line('  the same: Socket.IO io.to(room).emit', room),
    line('  the same: Socket.IO, socket.emit for each', loop),
  ]
}

/**
 * The events are appended by another process, so that the server's processor does nothing but read the log and deliver.
 */
async function deskFanOut(desk: Desk, { cookies }: Crew): Promise<Measured> {
  const database = await desk.database()
  const crowd = await openCrowd(socketUrl(desk.url), cookies, socketCount)
  try {
    const append = await appender(desk, cookies[0] ?? '', database)
    await crowd.take(socketCount)
    return await measure(desk.pid, crowd, async () => {
      for (let sent = 0; sent < perRound; sent += 1) {
        await append()
        await delay(everyMs)
      }
    })
  } finally {
    crowd.close()
    await database.end()
  }
}

/** Makes one real change, then appends its event again and again. */
async function appender(
  desk: Desk,
  cookie: string,
  database: pg.Client,
): Promise<() => Promise<void>> {
  const { call, close } = client(desk.url, cookie)
  const { items } = await call<{ items: { id: string; status: string }[] }>(
    'GET',
    '/api/tickets?sort=created&limit=1',
  )
  const [ticket] = items
  if (ticket === undefined) throw new Error('there is a ticket')
  const status = ticket.status === 'waiting' ? 'open' : 'waiting'
  await call('PUT', `/api/tickets/${ticket.id}/status`, { status })
  close()

  const { rows } = await database.query<{ actor: object; event: object }>(`
    select actor, jsonb_build_object('name', name, 'ticketId', ticket_id, 'audience', audience,
      'people', people, 'data', data, 'ticket', ticket, 'staffTicket', staff_ticket) as event
    from events order by seq desc limit 1`)
  const [row] = rows
  if (row === undefined) throw new Error('a change leaves an event')
  const actor = JSON.stringify(row.actor)
  const events = JSON.stringify([row.event])
  return async () => {
    await database.query('select append_events($1, gen_random_uuid(), $2)', [actor, events])
    await database.query('notify deskbell_log')
  }
}

async function broadcasterFanOut(way: Way, sample: string): Promise<Measured> {
  const child = fork(path.join(import.meta.dirname, '../broadcaster-process.ts'), [way])
  const port = await new Promise<number>((resolve) => void child.once('message', resolve))
  const address = `http://127.0.0.1:${port}`
  const url = way === 'ws' ? address.replace('http', 'ws') : socketUrl(address)
  const crowd = await openCrowd(url, [], socketCount)
  const order = (times: number): BroadcastOrder => ({ text: sample, times, everyMs })
  try {
    await ask(child, order(1))
    await crowd.take(socketCount)
    return await measure(child.pid ?? 0, crowd, () => ask(child, order(perRound)))
  } finally {
    crowd.close()
    child.kill()
  }
}

async function measure(
  pid: number,
  crowd: Crowd,
  round: () => Promise<unknown>,
): Promise<Measured> {
  const costs: number[] = []
  let sample = ''
  for (let index = 0; index < rounds; index += 1) {
    const before = cpuOf(pid)
    await round()
    sample = (await crowd.take(perRound * socketCount)).sample
    costs.push(((cpuOf(pid).server - before.server) * 1000) / (perRound * socketCount))
  }
  return { perDelivery: quantile(costs, 0.5), sample }
}
