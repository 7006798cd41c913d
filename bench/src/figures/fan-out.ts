import { setTimeout as delay } from 'node:timers/promises'
import type { BroadcastOrder, Way } from '../broadcaster-process.ts'
import { client } from '../client.ts'
import { ask, openCrowd, socketUrl } from '../crowd.ts'
import type { Crowd } from '../crowd.ts'
import type { Desk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import { forkServer } from '../fork-server.ts'
import { cpuOf } from '../processes.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

const socketCount = 1_000
const rounds = 3
const perRound = 100
const everyMs = 60
/** The server needs this long to close a thousand sockets. */
const settleMs = 2_000

/** 1,000 sockets of one server, and a way to send them 100 events. */
interface Audience {
  pid: number
  crowd: Crowd
  round(): Promise<unknown>
  close(): void
}

/** The cost for a server to deliver an event to 1,000 admins, and the cost of the same bytes on other servers. */
export async function fanOut(desk: Desk, crew: Crew): Promise<Line[]> {
  const own = await deskAudience(desk, crew)
  const audiences: Audience[] = [own]
  try {
    // The first round warms up the compiler and is not counted.
    await own.round()
    const { sample } = await own.crowd.take(perRound * socketCount)
    for (const way of ['ws', 'room', 'loop'] as const)
      audiences.push(await broadcasterAudience(way, sample))

    const [withChanges = 0, bare = 0, room = 0, loop = 0] = await perDelivery(audiences)
    own.crowd.close()
    await delay(settleMs)
    // The cost of the changes themselves is subtracted. It is measured before and after, because a machine's speed
    // varies.
    const alone = [...own.aloneBefore, await costOf(own), await costOf(own)]
    const mine = withChanges - quantile(alone, 0.5)
    const line = (what: string, microseconds: number, goal?: string): Line => ({
      what,
      measured: `${microseconds.toFixed(1)} µs, ${(microseconds / bare).toFixed(2)} × bare ws`,
      ...(goal === undefined ? {} : { goal }),
    })
    const size = `${Buffer.byteLength(sample)} B`
    return [
      line(`CPU per delivered event (${size}), 1,000 sockets: Deskbell`, mine, '≤ 1.6 × bare ws'),
      line('  the same: bare ws, one frame built once', bare),
      line('  the same: Socket.IO io.to(room).emit', room),
      line('  the same: Socket.IO, socket.emit for each', loop),
    ]
  } finally {
    for (const { close } of audiences) close()
  }
}

/** Sends events by real changes over HTTP. */
async function deskAudience(
  desk: Desk,
  { cookies }: Crew,
): Promise<Audience & { aloneBefore: number[] }> {
  const { call, close } = client(desk.url, cookies)
  const { items } = await call<{ items: { id: string }[] }>('GET', '/api/tickets?sort=created')
  const id = items[0]?.id ?? ''
  let status = 'waiting'

  async function round(): Promise<void> {
    for (let sent = 0; sent < perRound; sent += 1) {
      status = status === 'open' ? 'waiting' : 'open'
      await call('PUT', `/api/tickets/${id}/status`, { status })
      await delay(everyMs)
    }
  }

  await round()
  const aloneBefore = [
    await costOf({ pid: desk.pid, round }),
    await costOf({ pid: desk.pid, round }),
  ]
  const crowd = await openCrowd(socketUrl(desk.url), cookies, socketCount)
  return {
    pid: desk.pid,
    crowd,
    round,
    aloneBefore,
    close() {
      crowd.close()
      close()
    },
  }
}

async function broadcasterAudience(way: Way, sample: string): Promise<Audience> {
  const { child, pid, url } = await forkServer('broadcaster-process.ts', way)
  const socket = way === 'ws' ? url.replace('http', 'ws') : socketUrl(url)
  const crowd = await openCrowd(socket, [], socketCount)
  const order = (times: number): BroadcastOrder => ({ text: sample, times, everyMs })
  await ask(child, order(1))
  await crowd.take(socketCount)
  return {
    pid,
    crowd,
    round: () => ask(child, order(perRound)),
    close() {
      crowd.close()
      child.kill()
    },
  }
}

/**
 * Microseconds of each server's CPU time per delivered event, in its median round. The servers take turns, so that a
 * slow phase of the machine affects all of them.
 */
async function perDelivery(audiences: readonly Audience[]): Promise<number[]> {
  const costs = audiences.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, audience] of audiences.entries())
      costs[index]?.push(await costOf(audience, audience.crowd))
  }
  return costs.map((each) => quantile(each, 0.5))
}

/** Microseconds of the server's CPU time in one round, divided by the events that a crowd receives or would receive. */
async function costOf(
  { pid, round }: Pick<Audience, 'pid' | 'round'>,
  crowd?: Crowd,
): Promise<number> {
  const before = cpuOf(pid).server
  await round()
  await crowd?.take(perRound * socketCount)
  return ((cpuOf(pid).server - before) * 1000) / (perRound * socketCount)
}
