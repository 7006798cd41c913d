import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'
import { client } from '../client.ts'
import { socketUrl } from '../crowd.ts'
import type { Desk } from '../desk.ts'
import { startDesk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import { watchMemory } from '../processes.ts'
import type { Line } from '../table.ts'

const edits = 2_300
const characters = 20_000
const socketCount = 20
const editorCount = 46
/** Work that has begun ends within this time. */
const settleMs = 5_000

/**
 * The most memory that a server takes while a long text is edited again and again, twenty sockets do not read these
 * events, and twenty more sockets resume to get all of them and do not read either.
 */
export async function unreadEdits(dataDir: string, { cookies }: Crew): Promise<Line> {
  const desk = await startDesk(dataDir)
  const sockets: WebSocket[] = []
  const memory = watchMemory(desk.pid)
  try {
    const { seq, tag } = await positionOf(desk, cookies[0] ?? '')
    sockets.push(...(await openUnread(desk, cookies[0] ?? '', '{}')))
    await edit(desk, cookies.slice(1, 1 + editorCount))
    const cursor = JSON.stringify({ cursor: { seq, tag } })
    sockets.push(...(await openUnread(desk, cookies.at(-1) ?? '', cursor)))
    await delay(settleMs)
    return {
      what: `server's memory, ${edits.toLocaleString('en')} edits of ${characters.toLocaleString('en')} characters, 2 × ${socketCount} sockets that do not read`,
      measured: `${Math.round(memory.before.server)} MB before, ${Math.round(memory.most().server)} MB at most`,
      goal: '≤ 400 MB',
    }
  } finally {
    memory.most()
    for (const socket of sockets) socket.terminate()
    await desk.stop()
  }
}

async function positionOf({ url }: Desk, cookie: string): Promise<{ seq: number; tag: string }> {
  const { call, close } = client(url, cookie)
  const position = await call<{ seq: number; tag: string }>('GET', '/api/tickets')
  close()
  return position
}

/** Edits one description as several people in turn, since the limits stop one person from changing so much. */
async function edit({ url }: Desk, cookies: readonly string[]): Promise<void> {
  const clients = cookies.map((cookie) => client(url, cookie))
  const body = { title: 'A long story', description: 'x'.repeat(characters) }
  const made = await clients[0]?.call<{ ticket: { id: string } }>('POST', '/api/tickets', body)
  const path = `/api/tickets/${made?.ticket.id ?? ''}`
  for (let done = 0; done < edits; done += 1) {
    const description = String(done).padEnd(characters, 'y')
    await clients[done % clients.length]?.call('PATCH', path, { description })
  }
  for (const { close } of clients) close()
}

/** Opens sockets of one person that complete the handshake and then stop reading. */
function openUnread({ url }: Desk, cookie: string, auth: string): Promise<WebSocket[]> {
  return Promise.all(
    Array.from({ length: socketCount }, async () => {
      const socket = new WebSocket(socketUrl(url), { headers: { cookie } })
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject)
        socket.on('message', (bytes: Buffer) => {
          const text = bytes.toString()
          if (text.startsWith('0')) socket.send(`40${auth}`)
          if (text.includes('sync:ready')) resolve()
        })
      })
      // A socket that the server closes because it does not answer pings has done its part.
      socket.on('error', () => undefined)
      socket.pause()
      return socket
    }),
  )
}
