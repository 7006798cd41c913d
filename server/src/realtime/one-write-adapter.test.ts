import { createServer } from 'node:http'
import type { AddressInfo, Socket as Connection } from 'node:net'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { expect, test } from 'vitest'
import type { DeskServer, DeskSocket } from './desk-server.ts'
import { OneWriteAdapter } from './one-write-adapter.ts'

/** One client of a server with nothing but the adapter, and both ends of its socket. */
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
  'what goes past the queue of a socket over %s overtakes nothing that is in it',
  async (transport) => {
    await using desk = await connected(transport)
    const heard: unknown[] = []
    desk.client.on('sync:restarting', ({ retryInMs }) => void heard.push(retryInMs))
    for (let number = 0; number < 30; number += 3) {
      desk.adapter.send([desk.socket], { name: 'sync:restarting', data: { retryInMs: number } })
      desk.socket.emit('sync:restarting', { retryInMs: number + 1 })
      desk.socket.emit('sync:restarting', { retryInMs: number + 2 })
    }
    await expect.poll(() => heard).toEqual(Array.from({ length: 30 }, (_, index) => index))
  },
)

test('a socket for which nothing waits is written to straight, past Engine.IO’s queue', async () => {
  await using desk = await connected('websocket')
  const heard: unknown[] = []
  const queued: unknown[] = []
  desk.client.on('sync:restarting', ({ retryInMs }) => void heard.push(retryInMs))
  desk.socket.conn.on('packetCreate', ({ data }) => void queued.push(data))
  desk.adapter.send([desk.socket], { name: 'sync:restarting', data: { retryInMs: 1 } })
  desk.socket.emit('sync:restarting', { retryInMs: 2 })
  await expect.poll(() => heard).toEqual([1, 2])
  expect(queued).toEqual(['2["sync:restarting",{"retryInMs":2}]'])
})

test('nothing follows the end of a connection that is being closed', async () => {
  await using desk = await connected('websocket')
  desk.socket.conn.close()
  const before = desk.sent()
  desk.adapter.send([desk.socket], { name: 'sync:restarting', data: { retryInMs: 1 } })
  expect(desk.sent()).toBe(before)
})
