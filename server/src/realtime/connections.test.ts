import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { startSecondNode } from '../testing/second-node.ts'
import type { SecondNode } from '../testing/second-node.ts'

let desk: TestDesk
let sam: TestPerson
let zoe: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  sam = await desk.someone('sales', 'Sam')
  zoe = await desk.someone('sales', 'Zoe')
})
afterAll(() => desk.stop())

/** Longer than any of these tests takes. */
const never = 60_000

/** Sends this many polling handshakes at once and returns their replies. */
async function shake({ url }: SecondNode, { cookie }: TestPerson, times: number) {
  const address = `${url}/socket.io/?EIO=4&transport=polling`
  const answers = await Promise.all(
    Array.from({ length: times }, () => rawRequest(address, 'GET', { cookie })),
  )
  const refusals = answers.filter(({ status }) => status !== 200).map(({ text }) => text)
  return { allowed: times - refusals.length, refusals }
}

test('[LM1] connections are counted from their handshake on', async () => {
  const node = await startSecondNode(desk.db, { connectTimeoutMs: never })
  const { allowed, refusals } = await shake(node, sam, 300)
  expect(allowed).toBe(40)
  for (const text of refusals) expect(text).toContain('socket.tooManySockets')
  expect(node.io.engine.clientsCount).toBe(40)
  expect(await shake(node, zoe, 1)).toMatchObject({ allowed: 1 })
  await node[Symbol.asyncDispose]()
})

test('[LM1] a connection that asks for no socket is closed, and no longer counts', async () => {
  await using node = await startSecondNode(desk.db, { connectTimeoutMs: 500 })
  const listener = createListener(node.url, zoe)
  listener.open()
  await expect.poll(() => listener.ready.length, { timeout: 5_000 }).toBe(1)
  await shake(node, sam, 60)
  await expect.poll(() => node.io.engine.clientsCount, { timeout: 5_000 }).toBe(1)
  expect(listener.isOpen()).toBe(true)
  expect(await shake(node, sam, 10)).toMatchObject({ allowed: 10 })
  listener.close()
})

test('[LM1] a handshake that fails no longer counts', async () => {
  await using node = await startSecondNode(desk.db, { connectTimeoutMs: never })
  const address = `${node.url}/socket.io/?EIO=3&transport=polling`
  for (let attempt = 0; attempt < 50; attempt += 1)
    expect((await rawRequest(address, 'GET', { cookie: sam.cookie })).status).toBe(400)
  expect(await shake(node, sam, 1)).toMatchObject({ allowed: 1 })
})

test('[LM1] connections without a socket have one limit for everyone together', async () => {
  await using node = await startSecondNode(desk.db, {
    connectTimeoutMs: never,
    connectionsWithoutSocket: 30,
  })
  expect(await shake(node, sam, 25)).toMatchObject({ allowed: 25 })
  const { allowed, refusals } = await shake(node, zoe, 25)
  expect(allowed).toBe(5)
  for (const text of refusals) expect(text).toContain('request.tooMany')
})
