import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export type CrowdRequest =
  | { type: 'open'; url: string; cookies: string[]; count: number }
  | { type: 'look' }
  | { type: 'take' }

export interface CrowdAnswer {
  received: number
  /** The last event as it came. */
  sample: string
  /** Milliseconds from an event's own time to its arrival. */
  latencies: number[]
}

/** Sockets that count the events they get. */
export interface Crowd {
  /** What came since it was asked last, once it is `count` events. */
  take(count: number): Promise<CrowdAnswer>
  close(): void
}

const patienceMs = 20_000

export async function openCrowd(url: string, cookies: string[], count: number): Promise<Crowd> {
  const child = fork(path.join(import.meta.dirname, 'crowd-process.ts'))
  await ask(child, { type: 'open', url, cookies, count })
  return {
    async take(expected) {
      const deadline = performance.now() + patienceMs
      while (performance.now() < deadline) {
        if ((await ask(child, { type: 'look' })).received >= expected) break
        await delay(50)
      }
      const answer = await ask(child, { type: 'take' })
      if (answer.received !== expected)
        throw new Error(`${answer.received} events arrived instead of ${expected}`)
      return answer
    },
    close: () => void child.kill(),
  }
}

export function ask<Answer = CrowdAnswer>(child: ChildProcess, request: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    function ended(): void {
      reject(new Error('a process of the benchmark ended'))
    }
    child.once('exit', ended)
    child.once('message', (answer) => {
      child.off('exit', ended)
      resolve(answer as Answer)
    })
    child.send(request)
  })
}

/** Where a plain WebSocket finds Socket.IO. */
export function socketUrl(url: string): string {
  return `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
}
