import { fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
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

/** Real changes over HTTP. What they cost while nobody listens is taken off: it is not delivery. */
async function deskFanOut(desk: Desk, { cookies }: Crew): Promise<Measured> {
  const { call, close } = client(desk.url, cookies[0] ?? '')
  const { items } = await call<{ items: { id: string }[] }>('GET', '/api/tickets?sort=created')
  const id = items[0]?.id ?? ''
  let status = 'waiting'

  async function changes(): Promise<void> {
    for (let sent = 0; sent < perRound; sent += 1) {
      status = status === 'open' ? 'waiting' : 'open'
      await call('PUT', `/api/tickets/${id}/status`, { status })
      await delay(everyMs)
    }
  }

  // The first round is for the compiler.
  await changes()
  const alone = await cpuDuring(desk.pid, changes)
  const crowd = await openCrowd(socketUrl(desk.url), cookies, socketCount)
  try {
    return await measure(desk.pid, crowd, changes, alone)
  } finally {
    crowd.close()
    close()
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
  aloneMs = 0,
): Promise<Measured> {
  const costs: number[] = []
  let sample = ''
  for (let index = 0; index < rounds; index += 1) {
    const usedMs = await cpuDuring(pid, async () => {
      await round()
      sample = (await crowd.take(perRound * socketCount)).sample
    })
    costs.push(((usedMs - aloneMs) * 1000) / (perRound * socketCount))
  }
  return { perDelivery: quantile(costs, 0.5), sample }
}

async function cpuDuring(pid: number, run: () => Promise<unknown>): Promise<number> {
  const before = cpuOf(pid).server
  await run()
  return cpuOf(pid).server - before
}
