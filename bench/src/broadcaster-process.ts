import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

/** A server that only broadcasts, for comparison. */
export type Way = 'ws' | 'room' | 'loop'

export interface BroadcastOrder {
  /** An event as Deskbell sends it. */
  text: string
  times: number
  everyMs: number
}

const way = process.argv[2] as Way
const http = createServer()
const broadcast = way === 'ws' ? overWebSockets() : overSocketIo()

http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port))

process.on('message', (order: BroadcastOrder) => {
  void repeat(order).then(() => process.send?.('done'))
})

async function repeat({ text, times, everyMs }: BroadcastOrder): Promise<void> {
  for (let sent = 0; sent < times; sent += 1) {
    broadcast(text)
    await delay(everyMs)
  }
}

/** The least work that a server in JavaScript can do: build one frame once and write it to every socket. */
function overWebSockets(): (text: string) => void {
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  server.on('connection', (socket) => socket.send('42["welcome"]'))
  return (text) => {
    const frame = frameOf(text)
    for (const client of server.clients) senderOf(client).sendFrame([frame])
  }
}

function overSocketIo(): (text: string) => void {
  const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
  io.on('connection', (socket) => {
    void socket.join('everyone')
    socket.emit('welcome')
  })
  return (text) => {
    const [name, ...args] = JSON.parse(text.slice(2)) as [string, ...unknown[]]
    if (way === 'room') return void io.to('everyone').emit(name, ...args)
    for (const socket of io.sockets.sockets.values()) socket.emit(name, ...args)
  }
}

/** A final, unmasked text frame (RFC 6455). */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(4)
  header.writeUInt8(0x81, 0)
  header.writeUInt8(126, 1)
  header.writeUInt16BE(body.length, 2)
  return Buffer.concat([header, body])
}

function senderOf(socket: WebSocket): { sendFrame(buffers: Buffer[]): void } {
  return (socket as unknown as { _sender: { sendFrame(buffers: Buffer[]): void } })['_sender']
}
