import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { DeskError } from '../errors.ts'
import { hashPassword } from '../people/secrets.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'

const password = 'the right password'

let desk: TestDesk
let password_hash: string
beforeAll(async () => {
  desk = await startTestDesk()
  password_hash = await hashPassword(password)
})
afterAll(() => desk.stop())

async function someone(): Promise<TestPerson> {
  const person = await desk.someone('sales')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', person.id).execute()
  return person
}

/** The test's own address is loopback, whose word on addresses is taken. */
async function signIn(person: { id: string }, given: string, address: string, to = desk) {
  const response = await fetch(`${to.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ email: `${person.id}@desk.example`, password: given }),
  })
  const { code } = (await response.json()) as { code?: string }
  return { code: code ?? 'signed in', retryAfter: Number(response.headers.get('retry-after')) }
}

test('ten wrong passwords from one address, and even the right one has to wait there', async () => {
  const person = await someone()
  const guesses = Array.from({ length: 10 }, () => signIn(person, 'a guess', '10.1.0.1'))
  expect((await Promise.all(guesses)).map(({ code }) => code)).toEqual(
    Array(10).fill('session.refused'),
  )
  const { code, retryAfter } = await signIn(person, password, '10.1.0.1')
  expect(code).toBe('session.throttled')
  expect(retryAfter).toBeGreaterThan(60)
  expect(retryAfter).toBeLessThanOrEqual(15 * 60)
  // However the address is written.
  const capitals = await signIn({ id: person.id.toUpperCase() }, password, '10.1.0.1')
  expect(capitals.code).toBe('session.throttled')
})

test('the right password from another address works, also while somebody guesses', async () => {
  const person = await someone()
  for (let guess = 0; guess < 12; guess += 1) await signIn(person, 'a guess', '10.2.0.1')
  expect(await signIn(person, password, '10.2.0.2')).toMatchObject({ code: 'signed in' })
  expect(await signIn(person, password, '10.2.0.1')).toMatchObject({ code: 'session.throttled' })
})

test('of many guesses at once no more are tried than one after the other', async () => {
  const person = await someone()
  const guesses = Array.from({ length: 40 }, () => signIn(person, 'a guess', '10.3.0.1'))
  const codes = (await Promise.all(guesses)).map(({ code }) => code)
  expect(codes.filter((code) => code === 'session.refused')).toHaveLength(10)
  expect(codes.filter((code) => code === 'session.throttled')).toHaveLength(30)
})

test('what fails for another reason is no guess', async () => {
  const body = JSON.stringify({ token: 't', name: 'N', email: 'n@desk.example', password })
  for (let attempt = 0; attempt < 11; attempt += 1) {
    const response = await fetch(`${desk.url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '10.12.0.1' },
      body,
    })
    expect(await response.json()).toMatchObject({ code: 'setup.done' })
  }
})

test('the right password takes back what was mistyped', async () => {
  const person = await someone()
  for (let round = 0; round < 3; round += 1) {
    for (let slip = 0; slip < 5; slip += 1) await signIn(person, 'a slip', '10.4.0.1')
    expect(await signIn(person, password, '10.4.0.1')).toMatchObject({ code: 'signed in' })
  }
})

test('a hundred wrong passwords for any accounts, and the address has to wait', async () => {
  const nobody = Array.from({ length: 100 }, (_, index) =>
    signIn({ id: `nobody${index}` }, 'a guess', '10.5.0.1'),
  )
  expect((await Promise.all(nobody)).every(({ code }) => code === 'session.refused')).toBe(true)
  const person = await someone()
  expect(await signIn(person, password, '10.5.0.1')).toMatchObject({ code: 'session.throttled' })
  expect(await signIn(person, password, '10.5.0.2')).toMatchObject({ code: 'signed in' })
})

test('an address that has to wait is remembered for nothing else it tries', async () => {
  vi.useFakeTimers()
  const throttle = createSignInThrottle()
  const refused = () => Promise.reject(new DeskError('session.refused'))
  for (let guess = 0; guess < 500; guess += 1)
    await expect(throttle.guard(`nobody${guess}`, '10.5.1.1', refused)).rejects.toThrow(DeskError)
  // What is remembered is forgotten by a timer each.
  expect(vi.getTimerCount()).toBe(101)
  vi.useRealTimers()
})

test('all addresses of one IPv6 network are counted as one, those of another are not', async () => {
  const person = await someone()
  for (let guess = 0; guess < 10; guess += 1)
    await signIn(person, 'a guess', `2001:db8:1:2:${guess}::1`)
  const neighbour = await signIn(person, password, '2001:db8:1:2:ffff::1')
  expect(neighbour).toMatchObject({ code: 'session.throttled' })
  expect(await signIn(person, password, '2001:db8:1:3::1')).toMatchObject({ code: 'signed in' })
})

test('an IPv4 address is the same written as an IPv6 one', async () => {
  const person = await someone()
  for (let guess = 0; guess < 10; guess += 1) await signIn(person, 'a guess', '10.9.0.1')
  const mapped = await signIn(person, password, '::ffff:10.9.0.1')
  expect(mapped).toMatchObject({ code: 'session.throttled' })
  expect(await signIn(person, password, '::ffff:10.9.0.2')).toMatchObject({ code: 'signed in' })
})

test('a wrong current password counts, so that an open session is no way to guess it', async () => {
  const person = await someone()
  const change = async () => {
    const body = { current: 'a guess', password: 'long enough' }
    const headers = { 'x-forwarded-for': '10.6.0.1' }
    return (await person.call('changePassword', { body, headers })).body.code
  }
  const codes = await Promise.all(Array.from({ length: 14 }, change))
  expect(codes.filter((code) => code === 'password.wrong')).toHaveLength(10)
  expect(codes.filter((code) => code === 'session.throttled')).toHaveLength(4)
})

test('a repeated change of password is no way to guess it either', async () => {
  const person = await someone()
  const key = crypto.randomUUID()
  const change = async (next: string) => {
    const body = { current: password, password: next }
    const headers = { 'x-forwarded-for': '10.10.0.1' }
    return (await person.call('changePassword', { body, headers, key })).body.code
  }
  expect(await change('the new password')).toBeUndefined()
  const codes = await Promise.all(Array.from({ length: 14 }, () => change('some guess')))
  expect(codes.filter((code) => code === 'idempotency.mismatch')).toHaveLength(10)
  expect(codes.filter((code) => code === 'session.throttled')).toHaveLength(4)
})

test('links that ran out hold up nobody else at the same address', async () => {
  const read = async (token: string) => {
    const headers = { 'x-forwarded-for': '10.7.0.1' }
    const response = await fetch(`${desk.url}/api/invitations/${token}`, { headers })
    return ((await response.json()) as { code: string }).code
  }
  const codes = await Promise.all(Array.from({ length: 30 }, (_, index) => read(`old${index}`)))
  expect(new Set(codes)).toEqual(new Set(['link.invalid']))
})

test('only a trusted proxy is believed what it says of addresses', async () => {
  await using direct = await startTestDesk({ TRUST_PROXY: 'false' })
  const guess = async (index: number) =>
    (await signIn({ id: 'somebody' }, 'a guess', `10.8.0.${index}`, direct)).code
  for (let index = 0; index < 10; index += 1) expect(await guess(index)).toBe('session.refused')
  expect(await guess(10)).toBe('session.throttled')
})
