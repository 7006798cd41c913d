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
  /** The text of the last event. */
  sample: string
  /** Milliseconds from an event's own time to its arrival. */
  latencies: number[]
}

/** Sockets that count the events they receive. */
export interface Crowd {
  /** Resolves to the events since the last call, once there are `count`. */
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

/** The address at which a plain WebSocket reaches Socket.IO. */
export function socketUrl(url: string): string {
  return `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
}
