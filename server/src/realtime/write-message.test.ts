import { createServer } from 'node:http'
import type { AddressInfo, Socket as Connection } from 'node:net'
import { Server } from 'socket.io'
import type { ServerOptions } from 'socket.io'
import { io as connect } from 'socket.io-client'
import type { Socket as ClientSocket } from 'socket.io-client'
import { expect, test } from 'vitest'
import type { ClientToServer, ServerMessage, ServerToClient } from '@deskbell/contract'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import { writeMessage } from './write-message.ts'

/** One client of a plain server, and both ends of its socket. */
async function connected(transport: string, options: Partial<ServerOptions> = {}) {
  const http = createServer()
  const connections: Connection[] = []
  http.on('connection', (connection) => void connections.push(connection))
  const io: DeskServer = new Server(http, options)
  const address = await new Promise<AddressInfo>((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve(http.address() as AddressInfo))
  })
  const client: ClientSocket<ServerToClient, ClientToServer> = connect(
    `http://127.0.0.1:${address.port}`,
    { transports: [transport] },
  )
  const socket = await new Promise<DeskSocket>((resolve) => void io.on('connection', resolve))
  const received: unknown[] = []
  client.on('sync:restarting', ({ retryInMs }) => void received.push(retryInMs))
  client.on('sync:refused', ({ message }) => void received.push(message))
  return {
    io,
    socket,
    received,
    sent: () => connections.reduce((bytes, { bytesWritten }) => bytes + bytesWritten, 0),
    async [Symbol.asyncDispose]() {
      client.close()
      await io.close()
    },
  }
}

function numbered(number: number): ServerMessage {
  return { name: 'sync:restarting', data: { retryInMs: number } }
}

function refused(message: string) {
  return { code: 'socket.unknownEvent', message }
}

const transports = ['websocket', 'polling']
/** With the second, Socket.IO uses another adapter than its usual one. */
const servers: Partial<ServerOptions>[] = [{}, { connectionStateRecovery: {} }]

test.for(transports.flatMap((transport) => servers.map((options) => ({ transport, options }))))(
  'a message that goes past the queue of a socket overtakes nothing in it: $transport, $options',
  async ({ transport, options }) => {
    await using desk = await connected(transport, options)
    for (let number = 0; number < 40; number += 4) {
      writeMessage([desk.socket], numbered(number))
      desk.socket.emit('sync:restarting', { retryInMs: number + 1 })
      desk.socket.emit('sync:restarting', { retryInMs: number + 2 })
      desk.io.emit('sync:restarting', { retryInMs: number + 3 })
    }
    const sent = Array.from({ length: 40 }, (_, index) => index)
    await expect.poll(() => desk.received).toEqual(sent)
  },
)

test.for(transports)('a message of any length arrives as it is, over %s', async (transport) => {
  await using desk = await connected(transport)
  const around = Buffer.byteLength(`42${JSON.stringify(['sync:refused', refused('')])}`)
  // A frame says its length in three ways: up to 125 bytes, up to 65,535, and beyond.
  const texts = [around, 125, 126, 65_535, 65_536, 200_000].flatMap((length) => [
    'x'.repeat(length - around),
    'ü€🙂'.repeat((length - around) / 9),
  ])
  for (const text of texts) {
    // One straight, one from the queue.
    writeMessage([desk.socket], { name: 'sync:refused', data: refused(text) })
    desk.socket.emit('sync:restarting', { retryInMs: 0 })
    writeMessage([desk.socket], { name: 'sync:refused', data: refused(text) })
  }
  const sent = texts.flatMap((text) => [text, 0, text])
  await expect.poll(() => desk.received.length).toBe(sent.length)
  expect(desk.received).toEqual(sent)
})

test('a message goes straight to an idle socket, past Engine.IO’s queue', async () => {
  await using desk = await connected('websocket')
  const queued: unknown[] = []
  desk.socket.conn.on('packetCreate', ({ data }) => void queued.push(data))
  writeMessage([desk.socket], numbered(1))
  desk.socket.emit('sync:restarting', { retryInMs: 2 })
  await expect.poll(() => desk.received).toEqual([1, 2])
  expect(queued).toEqual(['2["sync:restarting",{"retryInMs":2}]'])
})

test('nothing is written after the close frame of a connection', async () => {
  await using desk = await connected('websocket')
  desk.socket.conn.close()
  const before = desk.sent()
  writeMessage([desk.socket], numbered(1))
  expect(desk.sent()).toBe(before)
})
