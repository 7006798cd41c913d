import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.stop())

test('a plain client with a session cookie receives ticket events as (data, meta)', async () => {
  const admin = await desk.someone('admin', 'Ada')
  const sales = await desk.someone('sales', 'Sam')
  const socket = admin.socket()
  const heard: [string, Record<string, unknown>, Record<string, unknown>][] = []
  socket.onAny((name: string, data, meta) => heard.push([name, data, meta]))
  await expect.poll(() => heard.length).toBe(1)
  expect(heard[0]?.[0]).toBe('sync:ready')

  const made = await sales.call('createTicket', {
    body: { title: 'Printer', description: 'It smokes' },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  await expect.poll(() => heard.map(([name]) => name)).toContain('ticket:created')
  const { id } = made.body.ticket
  const changed = await admin.call('changeStatus', {
    params: { id },
    body: { status: 'in_progress' },
  })
  expect(changed.status, JSON.stringify(changed.body)).toBe(200)
  const comment = await sales.call('addComment', {
    params: { id },
    body: { body: 'Still smoking' },
  })
  expect(comment.status, JSON.stringify(comment.body)).toBe(200)
  const uploaded = await sales.upload(id, { content: 'hello' })
  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(200)
  const read = await admin.call('ticket', { params: { ref: id } })
  expect(read.status, JSON.stringify(read.body)).toBe(200)
  const list = await admin.call('tickets', { query: { q: 'smok' } })
  expect(list.status, JSON.stringify(list.body)).toBe(200)
  expect(list.body.items).toHaveLength(1)
  const counters = await admin.call('counters')
  expect(counters.status, JSON.stringify(counters.body)).toBe(200)
  await expect.poll(() => heard.map(([name]) => name)).toContain('ticket:attachmentAdded')
})
