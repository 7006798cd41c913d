import { createServer } from 'node:http'
import type { AddressInfo, Socket as Connection } from 'node:net'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { expect, test } from 'vitest'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import { OneWriteAdapter } from './one-write-adapter.ts'

/** A client of a server that has only the adapter, and both ends of its socket. */
async function connected(transport: string) {
  const http = createServer()
  const connections: Connection[] = []
  http.on('connection', (connection) => void connections.push(connection))
  const io: DeskServer = new Server(http, { adapter: OneWriteAdapter })
  const address = await new Promise<AddressInfo>((resolve) => {
    http.listen(0, '127.0.0.1', () => resolve(http.address() as AddressInfo))
  })
  const client = connect(`http://127.0.0.1:${address.port}`, { transports: [transport] })
  const socket = await new Promise<DeskSocket>((resolve) => void io.on('connection', resolve))
  return {
    adapter: io.of('/').adapter as unknown as OneWriteAdapter,
    client,
    socket,
    sent: () => connections.reduce((bytes, { bytesWritten }) => bytes + bytesWritten, 0),
    async [Symbol.asyncDispose]() {
      client.close()
      await io.close()
    },
  }
}

test.for(['websocket', 'polling'])(
  'over %s, a frame that goes past the queue of a socket overtakes nothing in it',
  async (transport) => {
    await using desk = await connected(transport)
    const received: unknown[] = []
    desk.client.on('number', (number) => void received.push(number))
    for (let number = 0; number < 30; number += 3) {
      desk.adapter.send([desk.socket], 'number', number)
      desk.socket.emit('number', number + 1)
      desk.socket.emit('number', number + 2)
    }
    await expect.poll(() => received).toEqual(Array.from({ length: 30 }, (_, index) => index))
  },
)

test('a frame goes straight to an idle socket, past Engine.IO’s queue', async () => {
  await using desk = await connected('websocket')
  const received: unknown[] = []
  const queued: unknown[] = []
  desk.client.on('number', (number) => void received.push(number))
  desk.socket.conn.on('packetCreate', ({ data }) => void queued.push(data))
  desk.adapter.send([desk.socket], 'number', 1)
  desk.socket.emit('number', 2)
  await expect.poll(() => received).toEqual([1, 2])
  expect(queued).toEqual(['2["number",2]'])
})

test('nothing is written after the close frame of a connection', async () => {
  await using desk = await connected('websocket')
  desk.socket.conn.close()
  const before = desk.sent()
  desk.adapter.send([desk.socket], 'number', 1)
  expect(desk.sent()).toBe(before)
})
