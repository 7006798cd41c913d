import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
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

test('a connection ends with its socket, so that none outlives its session', async () => {
  const { cookie } = await desk.someone('sales')
  const address = `${desk.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const connection = new WebSocket(address, { headers: { cookie } })
  connection.on('message', (data) => {
    const packet = (data as Buffer).toString()
    if (packet.startsWith('0')) connection.send('40')
    if (packet.startsWith('40')) connection.send('41')
  })
  await expect.poll(() => connection.readyState).toBe(WebSocket.CLOSED)
})

test('[SE2] the origin of every polling request is checked, and no answer can run as a script', async () => {
  const { cookie } = await desk.someone('sales')
  const poll = (query: string, headers = {}) =>
    fetch(`${desk.url}/socket.io/?EIO=4&transport=polling${query}`, {
      headers: { cookie, ...headers },
    })
  const opened = await poll('')
  expect([opened.status, opened.headers.get('x-content-type-options')]).toEqual([200, 'nosniff'])
  const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string }
  expect((await poll(`&sid=${sid}`, { origin: 'http://evil.example' })).status).toBe(400)
  expect((await poll('&j=0')).status).toBe(400)
  const { headers } = await fetch(`${desk.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
    method: 'POST',
    headers: { cookie, origin: desk.url, 'content-type': 'text/plain' },
    body: '40',
  })
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})
