import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import type { Listener } from '../testing/listener.ts'

let desk: TestDesk
let people: TestPerson[]
let all: Listener[]
beforeAll(async () => {
  desk = await startTestDesk()
  people = await Promise.all([
    desk.someone('sales', 'Sam'),
    desk.someone('sales', 'Sue'),
    desk.someone('admin', 'Ada'),
    desk.someone('super_admin', 'Root'),
  ])
})
afterAll(() => desk.stop())

/** The custom events that each person got, and nothing else. */
async function receivedBy(emit: (server: TestDesk['app']['socketServer']) => void) {
  all = people.map((person) => createListener(desk.url, person))
  for (const listener of all) listener.open()
  for (const listener of all) await expect.poll(() => listener.ready.length).toBe(1)
  const { socketServer } = desk.app
  emit(socketServer)
  socketServer.broadcast('end', null)
  for (const listener of all) await expect.poll(() => listener.others.at(-1)?.[0]).toBe('end')
  for (const listener of all) listener.close()
  return all.map(({ others }) => others.slice(0, -1))
}

test('[EP1] custom events reach the people, roles or everyone they are for', async () => {
  const [sam, sue] = people.map(({ id }) => id)
  expect(
    await receivedBy((server) => server.emitToUser(sam ?? '', 'hello', { to: 'sam' })),
  ).toEqual([[['hello', { to: 'sam' }]], [], [], []])
  const hello = [['hello', 1]]
  expect(
    await receivedBy((server) => server.emitToUsers([sam ?? '', sue ?? ''], 'hello', 1)),
  ).toEqual([hello, hello, [], []])
  expect(
    await receivedBy((server) => server.emitToRoles(['sales', 'super_admin'], 'hello', 1)),
  ).toEqual([hello, hello, [], hello])
  expect(await receivedBy((server) => server.broadcast('hello', 1))).toEqual([
    hello,
    hello,
    hello,
    hello,
  ])
})

test('[EP1] an empty list of people or roles means no one, not everyone', async () => {
  const received = await receivedBy((server) => {
    server.emitToUsers([], 'hello', 1)
    server.emitToRoles([], 'hello', 1)
    server.emitToUser('00000000-0000-4000-8000-000000000000', 'hello', 1)
  })
  expect(received).toEqual([[], [], [], []])
})

test("[EP2] names that are Deskbell's or Socket.IO's own are refused", () => {
  const { socketServer } = desk.app
  const prefixes = [
    'ticket:',
    'sync:',
    'session:',
    'access:',
    'person:',
    'settings:',
    'tag:',
    'notification:',
    'presence:',
    'token:',
  ]
  const names = [
    ...prefixes.map((prefix) => `${prefix}x`),
    'connect',
    'connect_error',
    'disconnect',
    'disconnecting',
    'newListener',
    'removeListener',
  ]
  for (const name of names) {
    expect(() => socketServer.broadcast(name, 1), name).toThrow(name)
    expect(() => socketServer.emitToUser('x', name, 1), name).toThrow(name)
    expect(() => socketServer.emitToUsers([], name, 1), name).toThrow(name)
    expect(() => socketServer.emitToRoles([], name, 1), name).toThrow(name)
  }
})

test('[EP3] custom events move no cursor and are not sent again', async () => {
  const [sam] = people
  if (sam === undefined) throw new Error('Sam is there')
  const listener = createListener(desk.url, sam)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  const before = listener.cursor()
  listener.close()
  await expect.poll(() => desk.app.socketServer.isUserConnected(sam.id)).toBe(false)
  desk.app.socketServer.emitToUser(sam.id, 'missed', 1)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(2)
  desk.app.socketServer.emitToUser(sam.id, 'hello', 1)
  await expect.poll(() => listener.others).toEqual([['hello', 1]])
  expect([listener.cursor(), listener.holes]).toEqual([before, []])
  listener.close()
})

test('a person with several windows counts once', async () => {
  const { socketServer } = desk.app
  await expect.poll(() => socketServer.getConnectedUserCount()).toBe(0)
  const [sam, sue] = people
  if (sam === undefined || sue === undefined) throw new Error('both are there')
  const windows = [sam, sam, sue].map((person) => createListener(desk.url, person))
  for (const listener of windows) listener.open()
  for (const listener of windows) await expect.poll(() => listener.ready.length).toBe(1)
  expect(await socketServer.getConnectedUserCount()).toBe(2)
  expect(await socketServer.isUserConnected(sam.id)).toBe(true)
  expect(await socketServer.isUserConnected(people[2]?.id ?? '')).toBe(false)
  for (const listener of windows) listener.close()
})

test('[RS1] no custom event comes before sync:ready', async () => {
  const [, , ada] = people
  if (ada === undefined) throw new Error('everyone is here')
  const shouting = setInterval(() => desk.app.socketServer.broadcast('hello', 1), 0)
  for (let count = 0; count < 10; count += 1) {
    const socket = ada.socket()
    expect(await new Promise((resolve) => socket.onAny((name: string) => resolve(name)))).toBe(
      'sync:ready',
    )
    socket.disconnect()
  }
  clearInterval(shouting)
})
