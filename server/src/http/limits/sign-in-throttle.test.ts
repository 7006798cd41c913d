import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FailedSignIns } from '@deskbell/contract'
import { serverContext } from '../../audit/audit-context.ts'
import { DeskError } from '../../errors.ts'
import { acceptInvitation } from '../../people/accept-invitation.ts'
import { createPasswordQueue, hashPassword, unqueuedPasswords } from '../../people/secrets.ts'
import { setUp } from '../../people/set-up.ts'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { createMemoryLimiter } from './limiter.ts'
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

/** The test connects from loopback, which may report other addresses. */
async function signIn(
  person: { id: string },
  typed: string,
  address: string,
  { to = desk, cookie = '' }: { to?: TestDesk; cookie?: string } = {},
) {
  const response = await fetch(`${to.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address, cookie },
    body: JSON.stringify({ email: `${person.id}@desk.example`, password: typed }),
  })
  const body = (await response.json()) as { code?: string; failedSignIns?: FailedSignIns | null }
  const cookies = response.headers.getSetCookie().map((set) => set.split(';')[0] ?? '')
  return {
    code: body.code ?? 'signed in',
    retryAfter: Number(response.headers.get('retry-after')),
    failedSignIns: body.failedSignIns,
    /** Identifies the browser from now on, without the session. */
    browser: cookies.find((text) => text.startsWith('deskbell-browser=')) ?? '',
    session: cookies.find((text) => text.startsWith('deskbell=')) ?? '',
  }
}

async function guess(person: { id: string }, times: number, address: string, cookie = '') {
  const codes: string[] = []
  while (codes.length < times)
    codes.push((await signIn(person, 'a guess', address, { cookie })).code)
  return codes
}

test('after ten wrong passwords from one address, even the right one must wait there', async () => {
  const person = await someone()
  const guesses = Array.from({ length: 10 }, () => signIn(person, 'a guess', '10.1.0.1'))
  expect((await Promise.all(guesses)).map(({ code }) => code)).toEqual(
    Array(10).fill('session.refused'),
  )
  const { code, retryAfter } = await signIn(person, password, '10.1.0.1')
  expect(code).toBe('session.throttled')
  expect(retryAfter).toBeGreaterThan(60)
  expect(retryAfter).toBeLessThanOrEqual(15 * 60)
  // In any spelling of the e-mail address.
  const capitals = await signIn({ id: person.id.toUpperCase() }, password, '10.1.0.1')
  expect(capitals.code).toBe('session.throttled')
})

test('the right password works from another address, also during guesses', async () => {
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

describe('with a clock that the test moves', () => {
  function throttleWithClock() {
    let now = 0
    const { guardSignIn } = createSignInThrottle(createMemoryLimiter(() => now))
    async function attempt(account: string, address: string, outcome: 'wrong' | 'right') {
      const from = { account, address, browser: undefined }
      try {
        await guardSignIn(from, async () => {
          if (outcome === 'wrong') throw new DeskError('session.refused')
        })
        return 'signed in'
      } catch (thrown) {
        if (!(thrown instanceof DeskError)) throw thrown
        return thrown.code
      }
    }
    return { attempt, pass: (ms: number) => void (now += ms) }
  }

  test('after a hundred wrong passwords for any accounts, strangers at the address must wait', async () => {
    const { attempt, pass } = throttleWithClock()
    for (let index = 0; index < 100; index += 1)
      expect(await attempt(`nobody${index}`, '10.5.0.1', 'wrong')).toBe('session.refused')
    expect(await attempt('ada', '10.5.0.1', 'right')).toBe('session.throttled')
    expect(await attempt('ada', '10.5.0.2', 'right')).toBe('signed in')
    pass(10_000)
    expect(await attempt('ada', '10.5.0.1', 'right')).toBe('signed in')
  })

  test('guesses on one account from everywhere are limited to one a minute', async () => {
    const { attempt, pass } = throttleWithClock()
    for (let index = 0; index < 50; index += 1)
      expect(await attempt('ada', `10.28.${index}.1`, 'wrong')).toBe('session.refused')
    for (let minute = 0; minute < 3; minute += 1) {
      expect(await attempt('ada', `10.29.${minute}.1`, 'wrong')).toBe('session.throttled')
      pass(60_000)
      expect(await attempt('ada', `10.30.${minute}.1`, 'wrong')).toBe('session.refused')
    }
  })

  test('a sign-in of the owner gives no new guesses to others', async () => {
    const { attempt } = throttleWithClock()
    for (let index = 0; index < 49; index += 1) await attempt('ada', `10.31.${index}.1`, 'wrong')
    expect(await attempt('ada', '10.32.0.1', 'right')).toBe('signed in')
    expect(await attempt('ada', '10.33.0.1', 'wrong')).toBe('session.refused')
    expect(await attempt('ada', '10.33.0.2', 'wrong')).toBe('session.throttled')
  })
})

test('sign-ins of one account are limited to sixty, then one a minute', async () => {
  let now = 0
  const throttle = createSignInThrottle(createMemoryLimiter(() => now))
  const { isRight } = throttle.countRight(unqueuedPasswords, 'ada')
  const tries = Array.from({ length: 61 }, () => isRight(password, password_hash))
  const outcomes = await Promise.allSettled(tries)
  const refused = outcomes.flatMap((one) =>
    one.status === 'rejected' ? [one.reason as Error] : [],
  )
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatchObject({ code: 'request.tooMany' })
  // A wrong password is counted elsewhere, and does not spend this budget of its owner.
  expect(await isRight('a guess', password_hash)).toBe(false)
  expect(await throttle.countRight(unqueuedPasswords, 'sam').isRight(password, password_hash)).toBe(
    true,
  )
  now += 60_000
  expect(await isRight(password, password_hash)).toBe(true)
})

test('a person with many browsers takes turns with others as one', async () => {
  const [many, one] = [await someone(), await someone()]
  const { browser: ownBrowser } = await signIn(one, password, '10.40.0.1')
  const browsers: string[] = []
  while (browsers.length < 24) browsers.push((await signIn(many, password, '10.41.0.1')).browser)
  let done = 0
  const crowd = browsers.map(async (cookie) => {
    await signIn(many, password, '10.41.0.1', { cookie })
    done += 1
  })
  const { code } = await signIn(one, password, '10.40.0.1', { cookie: ownBrowser })
  expect(code).toBe('signed in')
  expect(done).toBeLessThan(12)
  await Promise.all(crowd)
})

test('the right password resets the mistyped ones', async () => {
  const person = await someone()
  for (let round = 0; round < 3; round += 1) {
    for (let slip = 0; slip < 5; slip += 1) await signIn(person, 'a slip', '10.4.0.1')
    expect(await signIn(person, password, '10.4.0.1')).toMatchObject({ code: 'signed in' })
  }
})

test('an IPv4 address counts as the same when it is written as an IPv6 one', async () => {
  const person = await someone()
  for (let guess = 0; guess < 10; guess += 1) await signIn(person, 'a guess', '10.9.0.1')
  const mapped = await signIn(person, password, '::ffff:10.9.0.1')
  expect(mapped).toMatchObject({ code: 'session.throttled' })
  expect(await signIn(person, password, '::ffff:10.9.0.2')).toMatchObject({ code: 'signed in' })
})

test('a wrong current password counts, so that an open session cannot be used to guess it', async () => {
  const person = await someone()
  const change = async () => {
    const body = { current: 'a guess', password: 'seven pianos in the sun' }
    const headers = { 'x-forwarded-for': '10.6.0.1' }
    return (await person.call('changePassword', { body, headers })).body.code
  }
  const codes = await Promise.all(Array.from({ length: 14 }, change))
  expect(codes.filter((code) => code === 'password.wrong')).toHaveLength(10)
  expect(codes.filter((code) => code === 'session.throttled')).toHaveLength(4)
})

test('a repeated change of password cannot be used to guess it either', async () => {
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

test('only a trusted proxy may report addresses', async () => {
  await using direct = await startTestDesk({ TRUST_PROXY: 'false' })
  const guessFrom = async (index: number) =>
    (await signIn({ id: 'somebody' }, 'a guess', `10.8.0.${index}`, { to: direct })).code
  for (let index = 0; index < 10; index += 1) expect(await guessFrom(index)).toBe('session.refused')
  expect(await guessFrom(10)).toBe('session.throttled')
})

test('a flood of invalid links, as an image on another site causes it, delays no sign-in', async () => {
  const person = await someone()
  const headers = { 'x-forwarded-for': '10.20.0.1', 'sec-fetch-site': 'cross-site' }
  const read = async (index: number) => {
    const response = await fetch(`${desk.url}/api/invitations/x${index}`, { headers })
    return ((await response.json()) as { code: string }).code
  }
  const codes = await Promise.all(Array.from({ length: 101 }, (_, index) => read(index)))
  expect(new Set(codes)).toEqual(new Set(['link.invalid']))
  expect(await signIn(person, password, '10.20.0.1')).toMatchObject({ code: 'signed in' })
})

test('invalid links have a simple limit, with the time to wait, and a valid link works all the while', async () => {
  const root = await desk.someone('super_admin')
  const invited = await root.call('invite', {
    body: { email: 'guest@desk.example', name: 'Guest', role: 'sales' },
  })
  const link = `${desk.url}/api/invitations/${invited.body.invitation?.token ?? ''}`
  const headers = {
    'x-forwarded-for': '10.22.0.1',
    'sec-fetch-site': 'cross-site',
    'sec-fetch-dest': 'image',
  }
  const read = () => fetch(`${desk.url}/api/invitations/x`, { headers })
  const statuses: number[] = []
  let last = await read()
  while (last.status !== 429 && statuses.length < 400) {
    statuses.push(last.status)
    last = await read()
  }
  expect(statuses.length).toBeGreaterThanOrEqual(200)
  expect(await last.json()).toMatchObject({ code: 'request.tooMany' })
  expect(last.headers.get('retry-after')).toBe('1')

  const same = { 'x-forwarded-for': '10.22.0.1' }
  const opened = await Promise.all(Array.from({ length: 30 }, () => fetch(link, { headers: same })))
  expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([200]))
  const joined = await fetch(link, {
    method: 'POST',
    headers: { ...same, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Guest', password: 'sunflower piano seven' }),
  })
  expect(joined.status).toBe(200)
})

test('others cannot lock out a browser that signed in before', async () => {
  const person = await someone()
  const { browser } = await signIn(person, password, '10.23.0.1')
  // Guesses from the person's own office, and from the whole world.
  await guess(person, 11, '10.23.0.1')
  for (let index = 0; index < 60; index += 1) await guess(person, 1, `10.23.1.${index}`)
  expect(await guess(person, 1, '10.23.2.1')).toEqual(['session.throttled'])
  expect((await signIn(person, password, '10.23.2.2')).code).toBe('session.throttled')
  const known = await signIn(person, password, '10.23.0.1', { cookie: browser })
  expect(known.code).toBe('signed in')
})

test('such a browser has its own small budget of failures', async () => {
  const person = await someone()
  const { browser } = await signIn(person, password, '10.24.0.1')
  const codes = await guess(person, 12, '10.24.0.1', browser)
  expect(codes).toEqual([
    ...Array<string>(10).fill('session.refused'),
    'session.throttled',
    'session.throttled',
  ])
  // The browser spends it for no other account.
  expect((await signIn(person, password, '10.24.0.1')).code).toBe('signed in')
})

test('such a browser is known for the accounts that signed in there, and for no others', async () => {
  const [ada, grace, eve] = [await someone(), await someone(), await someone()]
  const first = await signIn(ada, password, '10.25.0.1')
  const { browser } = await signIn(grace, password, '10.25.0.1', { cookie: first.browser })
  for (const person of [ada, grace, eve]) await guess(person, 10, '10.25.0.1')
  const again = async (person: TestPerson, cookie: string) =>
    (await signIn(person, password, '10.25.0.1', { cookie })).code
  expect(await again(ada, browser)).toBe('signed in')
  expect(await again(grace, browser)).toBe('signed in')
  expect(await again(eve, browser)).toBe('session.throttled')
})

test('a cookie that the server did not sign makes no browser known', async () => {
  const person = await someone()
  const { browser } = await signIn(person, password, '10.26.0.1')
  await guess(person, 10, '10.26.0.1')
  const [name = '', value = ''] = browser.split('=')
  const bytes = Buffer.from(value, 'base64url')
  for (const place of [0, 12, 24, 39]) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place)
    const cookie = `${name}=${changed.toString('base64url')}`
    expect((await signIn(person, password, '10.26.0.1', { cookie })).code).toBe('session.throttled')
  }
  for (const cookie of [`${name}=`, `${name}=...`, `${name}=${'A'.repeat(4000)}`])
    expect((await signIn(person, password, '10.26.0.1', { cookie })).code).toBe('session.throttled')
})

test('a node that starts later knows the browser, too', async () => {
  await using other = await startTestDesk()
  const person = await other.someone('sales')
  await other.db.updateTable('people').set({ password_hash }).where('id', '=', person.id).execute()
  const { browser: cookie } = await signIn(person, password, '10.27.0.1', { to: other })
  await other.restart()
  for (let tries = 0; tries < 10; tries += 1)
    await signIn(person, 'a guess', '10.27.0.1', { to: other })
  expect((await signIn(person, password, '10.27.0.1', { to: other })).code).toBe(
    'session.throttled',
  )
  expect((await signIn(person, password, '10.27.0.1', { to: other, cookie })).code).toBe(
    'signed in',
  )
})

test('guesses on one account count per site with IPv6', async () => {
  const person = await someone()
  for (let index = 0; index < 10; index += 1)
    expect(await guess(person, 1, `2001:db8:1:${index}::1`)).toEqual(['session.refused'])
  const neighbour = await signIn(person, password, '2001:db8:1:ffff::1')
  expect(neighbour).toMatchObject({ code: 'session.throttled' })
  expect(await signIn(person, password, '2001:db8:2::1')).toMatchObject({ code: 'signed in' })
})

test('the owner sees how many attempts failed, when and from where, until they dismiss it', async () => {
  const person = await someone()
  const since = Date.now()
  await guess(person, 2, '203.0.113.7')
  await guess(person, 1, '203.0.113.8')
  const { failedSignIns, session } = await signIn(person, password, '10.29.0.1')
  expect(failedSignIns).toMatchObject({ attempts: 3, lastAddress: '203.0.113.8' })
  const { firstAt = '', lastAt = '' } = failedSignIns ?? {}
  expect(Date.parse(firstAt)).toBeGreaterThanOrEqual(since - 1_000)
  expect(Date.parse(lastAt)).toBeGreaterThanOrEqual(Date.parse(firstAt))

  const headers = { cookie: session }
  const readFailures = async () => {
    const response = await fetch(`${desk.url}/api/session`, { headers })
    return ((await response.json()) as { failedSignIns: FailedSignIns | null }).failedSignIns
  }
  expect(await readFailures()).toEqual(failedSignIns)
  const dismiss = (until: string) =>
    fetch(`${desk.url}/api/me/failed-sign-ins?until=${until}`, { method: 'DELETE', headers })
  // Failures after the given time stay.
  expect((await dismiss(new Date(Date.parse(lastAt) - 1).toISOString())).status).toBe(204)
  expect(await readFailures()).toEqual(failedSignIns)
  expect((await dismiss(lastAt)).status).toBe(204)
  expect(await readFailures()).toBeNull()
})

test('failures without an account are stored nowhere', async () => {
  const { length } = await desk.db.selectFrom('failed_sign_ins').select('person_id').execute()
  await guess({ id: 'nobody' }, 3, '10.30.0.1')
  const rows = await desk.db.selectFrom('failed_sign_ins').select('person_id').execute()
  expect(rows).toHaveLength(length)
})

test('a set-up after the first, and an invalid link, are refused before any password is hashed', async () => {
  const slow = { 'content-type': 'application/json', 'x-forwarded-for': '10.31.0.1' }
  const someBody = { name: 'N', email: 'n@desk.example', password: 'long enough for it' }
  const post = async (path: string, body: object) => {
    const init = { method: 'POST', headers: slow, body: JSON.stringify(body) }
    const response = await fetch(desk.url + path, init)
    return ((await response.json()) as { code?: string }).code
  }
  await someone()
  let hashes = 0
  const counting = createPasswordQueue()
  const passwords = counting({ isKnown: false, group: 'test' })
  const counted = { ...passwords, hash: (text: string) => ((hashes += 1), passwords.hash(text)) }
  await expect(setUp(desk.db, serverContext, counted, { ...someBody, token: 't' })).rejects.toThrow(
    DeskError,
  )
  await expect(acceptInvitation(desk.db, serverContext, counted, 't', someBody)).rejects.toThrow(
    DeskError,
  )
  expect(hashes).toBe(0)
  // Every attempt is counted, too.
  const codes: (string | undefined)[] = []
  while (!codes.includes('request.tooMany') && codes.length < 400)
    codes.push(await post('/api/setup', { ...someBody, token: 't' }))
  expect(new Set(codes)).toEqual(new Set(['setup.done', 'request.tooMany']))
  expect(await post('/api/invitations/x', { password: 'long enough for it' })).toBe(
    'request.tooMany',
  )
})
