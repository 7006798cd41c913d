import net from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Position } from '@deskbell/contract'
import { logPosition } from '../log/log-position.ts'
import { createGate } from '../testing/gate.ts'
import { heldBytes } from '../testing/held-bytes.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { startSecondNode } from '../testing/second-node.ts'
import type { SecondNode } from '../testing/second-node.ts'

const mebibyte = 1024 * 1024
const soon = { interval: 10, timeout: 15_000 }

let desk: TestDesk
let sam: TestPerson
/** Positions before and after 600 changes of 20,000 characters each, old and new. */
let from: Position
let last: Position
beforeAll(async () => {
  desk = await startTestDesk()
  sam = await desk.someone('sales', 'Sam')
  from = await logPosition(desk.db)
  await appendLong(600, 20_000)
  last = await logPosition(desk.db)
})
afterAll(() => desk.stop())

/** Appends changes with texts of twice as many characters. */
async function appendLong(changes: number, characters: number): Promise<void> {
  await sql`
    select append_events(null, null, jsonb_build_array(jsonb_build_object(
      'name', 'person:settingsChanged', 'audience', 'people', 'people', jsonb_build_array(${sam.id}::text),
      'data', jsonb_build_object('settings', jsonb_build_object('theme', repeat('n', ${2 * characters}))))))
    from generate_series(1, ${changes})`.execute(desk.db)
}

/** A gate to a node; once held, no reply passes. */
async function gateTo(node: SecondNode) {
  const gate = await createGate(() => net.connect(Number(new URL(node.url).port), '127.0.0.1'))
  return { ...gate, url: `http://127.0.0.1:${gate.port}` }
}

function held(node: SecondNode): number[] {
  return [...node.io.of('/').sockets.values()].map(heldBytes)
}

test('[DL5] twenty sockets that resume and do not read hold 4 MB together, and get everything later', async () => {
  await using node = await startSecondNode(desk.db)
  const gate = await gateTo(node)
  const stalled = Array.from({ length: 20 }, () => createListener(gate.url, sam, from))
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(
      most,
      held(node).reduce((sum, bytes) => sum + bytes, 0),
    )
  }, 1)
  for (const listener of stalled) listener.open()
  await expect.poll(() => stalled.every(({ ready }) => ready.length === 1), soon).toBe(true)
  gate.hold()
  // Once every socket holds something, none of their clients reads any more.
  await expect.poll(() => held(node).every((bytes) => bytes > 0), soon).toBe(true)
  expect(most).toBeLessThan(4 * mebibyte)
  expect(Math.max(...held(node))).toBeLessThan(mebibyte)

  gate.release()
  for (const listener of stalled.slice(2)) listener.close()
  for (const listener of stalled.slice(0, 2)) {
    await expect.poll(() => listener.cursor()?.seq, soon).toBe(last.seq)
    expect(listener.holes).toEqual([])
    listener.close()
  }
  clearInterval(watch)
  expect(most).toBeLessThan(4 * mebibyte)
  await gate.shut()
}, 60_000)

test('[DL5] unfetched messages of a polling client are limited in bytes', async () => {
  await using node = await startSecondNode(desk.db)
  const wire = await pollingWire(node)
  await wire.post(`40${JSON.stringify({ cursor: from })}`)
  await expect.poll(() => held(node)[0], soon).toBeGreaterThan(100_000)
  for (let turn = 0; turn < 20; turn += 1) {
    await appendLong(5, 20_000)
    expect(held(node)[0]).toBeLessThan(mebibyte)
    const { text } = await wire.poll()
    expect(Buffer.byteLength(text)).toBeLessThan(mebibyte)
  }
})

test('a polling client that polls again without having taken its last answer is closed', async () => {
  await using node = await startSecondNode(desk.db)
  const wire = await pollingWire(node)
  // More than the kernel buffers for a client that does not read.
  const before = await logPosition(desk.db)
  await appendLong(1, 5 * mebibyte)
  await wire.post(`40${JSON.stringify({ cursor: before })}`)
  await expect.poll(() => held(node)[0], soon).toBeGreaterThan(9 * mebibyte)
  const unread = net.connect(Number(new URL(node.url).port), '127.0.0.1')
  unread.write(`GET ${wire.path} HTTP/1.1\r\nHost: desk.example\r\nCookie: ${sam.cookie}\r\n\r\n`)
  await expect.poll(() => held(node)[0], soon).toBe(0)
  expect((await wire.poll()).status).toBe(400)
  await expect.poll(() => held(node), soon).toEqual([])
  const ended = new Promise((resolve) => void unread.on('error', resolve).on('close', resolve))
  unread.resume()
  await ended
})

/** A polling client whose requests the test sends itself. */
async function pollingWire({ url }: SecondNode) {
  const query = '/socket.io/?EIO=4&transport=polling'
  const headers = { cookie: sam.cookie, 'content-type': 'text/plain' }
  const opened = await rawRequest(url + query, 'GET', headers)
  const { sid } = JSON.parse(opened.text.slice(1)) as { sid: string }
  const path = `${query}&sid=${sid}`
  return {
    path,
    post: (body: string) => rawRequest(url + path, 'POST', headers, body),
    poll: () => rawRequest(url + path, 'GET', headers),
  }
}

test('an event larger than every limit arrives, live and replayed, over both transports', async () => {
  await using node = await startSecondNode(desk.db)
  const start = await logPosition(desk.db)
  const live = createListener(node.url, sam, start)
  live.open()
  await expect.poll(() => live.ready.length, soon).toBe(1)
  await appendLong(3, mebibyte)
  const end = await logPosition(desk.db)
  await live.reach(end.seq)
  const replayed = createListener(desk.url, sam, start)
  replayed.open()
  await replayed.reach(end.seq)
  const polling = await pollingWire(node)
  await polling.post(`40${JSON.stringify({ cursor: start })}`)
  let text = ''
  for (let poll = 0; poll < 10 && !text.includes(end.tag); poll += 1)
    text = (await polling.poll()).text
  expect(text).toContain(end.tag)
  for (const { holes, events } of [live, replayed]) {
    expect(holes).toEqual([])
    expect(events).toHaveLength(3)
  }
  live.close()
  replayed.close()
})

/** Opens a WebSocket that stops reading after the greeting. */
async function openNonReading({ url }: SecondNode): Promise<WebSocket> {
  const query = '/socket.io/?EIO=4&transport=websocket'
  const socket = new WebSocket(url.replace('http', 'ws') + query, {
    headers: { cookie: sam.cookie },
  })
  socket.on('error', () => undefined)
  let received = ''
  socket.on('message', (data) => (received += (data as Buffer).toString()))
  await expect.poll(() => received, soon).toContain('0{')
  socket.send('40')
  await expect.poll(() => received, soon).toContain('sync:ready')
  socket.pause()
  return socket
}

test('a client that keeps sending and does not read the answers is closed', async () => {
  await using node = await startSecondNode(desk.db)
  const socket = await openNonReading(node)
  let most = 0
  while (node.io.engine.clientsCount > 0) {
    // These namespaces do not exist: the server answers each with its name.
    for (let count = 0; count < 50; count += 1) socket.send(`40/${'x'.repeat(60_000)},`)
    await new Promise((resolve) => setImmediate(resolve))
    most = Math.max(most, ...held(node))
  }
  expect(most).toBeLessThan(mebibyte)
  socket.terminate()
})
