import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.stop())

test('a connection that asks for many sockets at once gets none', async () => {
  const { cookie, id } = await desk.someone('sales')
  const polling = `${desk.url}/socket.io/?EIO=4&transport=polling`
  const opened = await (await fetch(polling, { headers: { cookie } })).text()
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string }

  const body = Array(1_000).fill('40').join('\u001e')
  const headers = { cookie, 'content-type': 'text/plain;charset=UTF-8' }
  await fetch(`${polling}&sid=${sid}`, { method: 'POST', headers, body })

  await expect
    .poll(async () => (await fetch(`${polling}&sid=${sid}`, { headers: { cookie } })).status)
    .toBe(400)
  expect(await desk.app.socketServer.isUserConnected(id)).toBe(false)
})
