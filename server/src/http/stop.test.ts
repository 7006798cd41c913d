import { randomUUID } from 'node:crypto'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'

test('a server that stops finishes and answers the requests under way, and further ones on their connections', async () => {
  await using desk = await startTestDesk()
  const ada = await desk.someone('admin', 'Ada')
  const body = JSON.stringify({ title: 'Before the end', description: '' })
  const port = Number(new URL(desk.url).port)
  const socket = net.connect(port, '127.0.0.1')
  const answers = text(socket)
  const head = `host: localhost\r\ncookie: ${ada.cookie}\r\nidempotency-key: ${randomUUID()}\r\n`
  socket.write(
    `POST /api/tickets HTTP/1.1\r\n${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n` +
      body.slice(0, 10),
  )
  // The answer on another connection shows that the server has read what came before on the first one.
  await fetch(`${desk.url}/api/health/live`)

  const stopped = desk.app.stop()
  await expect.poll(() => mayConnect(port)).toBe(false)
  socket.write(`${body.slice(10)}GET /api/me HTTP/1.1\r\n${head}\r\n`)
  await stopped

  expect(await answers).toMatch(/^HTTP\/1\.1 201 [^]*"Before the end"[^]*HTTP\/1\.1 200 [^]*"Ada"/)
  expect(await desk.db.selectFrom('tickets').select('title').execute()).toEqual([
    { title: 'Before the end' },
  ])
})

function mayConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy()
        resolve(true)
      })
  })
}
