import { setTimeout as delay } from 'node:timers/promises'
import { client } from '../client.ts'
import { openCrowd, socketUrl } from '../crowd.ts'
import type { Desk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'

const socketCount = 200
const changes = 100
const everyMs = 60

/**
 * The time from the event's timestamp, which PostgreSQL sets just before the commit, to its arrival at each of 200
 * sockets of other people.
 */
export async function latency(desk: Desk, { cookies }: Crew): Promise<Line> {
  const [writer = '', ...others] = cookies
  const crowd = await openCrowd(socketUrl(desk.url), others, socketCount)
  const { call, close } = client(desk.url, writer)
  try {
    const { items } = await call<{ items: { id: string }[] }>('GET', '/api/tickets?sort=created')
    const id = items[0]?.id ?? ''
    const change = (index: number) =>
      call('PUT', `/api/tickets/${id}/status`, { status: index % 2 === 0 ? 'waiting' : 'open' })
    for (let index = 0; index < 10; index += 1) await change(index)
    await crowd.take(10 * socketCount)
    for (let index = 0; index < changes; index += 1) {
      await change(index)
      await delay(everyMs)
    }
    const { latencies } = await crowd.take(changes * socketCount)
    const [p50, p95] = [0.5, 0.95].map((share) => quantile(latencies, share).toFixed(1))
    return {
      what: `commit → another socket, ${socketCount} sockets`,
      measured: `p50 ${p50} ms, p95 ${p95} ms`,
      goal: 'p95 ≤ 50 ms',
    }
  } finally {
    crowd.close()
    close()
  }
}
