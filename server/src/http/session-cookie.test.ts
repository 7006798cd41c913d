import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword, hashToken } from '../people/secrets.ts'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'

const password = 'the right password'
const publicUrl = 'https://desk.example.org'

let plain: TestDesk
let secure: TestDesk
beforeAll(async () => {
  plain = await startTestDesk()
  secure = await startTestDesk({ PUBLIC_URL: publicUrl })
})
afterAll(async () => {
  await plain.stop()
  await secure.stop()
})

async function signIn(desk: TestDesk): Promise<string> {
  const person = await desk.someone('sales')
  const password_hash = await hashPassword(password)
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', person.id).execute()
  const response = await fetch(`${desk.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${person.id}@desk.example`, password }),
  })
  const [cookie = '', device = '', ...more] = response.headers.getSetCookie()
  expect([response.status, more]).toEqual([200, []])
  deviceCookie = device
  return cookie
}

/** The cookie that later identifies the browser of the earlier sign-in. */
let deviceCookie = ''

function partsOf(cookie: string) {
  const [pair = '', ...attributes] = cookie.split('; ')
  const expires = attributes.find((attribute) => attribute.startsWith('Expires='))
  const inDays = (Date.parse(expires?.slice(8) ?? '') - Date.now()) / 86_400_000
  return {
    name: pair.split('=')[0],
    value: pair.split('=')[1] ?? '',
    attributes: attributes.filter((attribute) => !/^(Expires|Max-Age)=/.test(attribute)).toSorted(),
    inDays: Math.round(inDays),
  }
}

test('over http, scripts and other sites cannot read the cookie', async () => {
  const { name, value, attributes, inDays } = partsOf(await signIn(plain))
  expect({ name, attributes, inDays }).toEqual({
    name: 'deskbell',
    attributes: ['HttpOnly', 'Path=/', 'SameSite=Lax'],
    inDays: 7,
  })
  // 160 bits.
  expect(Buffer.from(value, 'base64url')).toHaveLength(20)
})

test('scripts cannot read the device cookie, and other sites do not get it', async () => {
  await signIn(plain)
  const { name, attributes } = partsOf(deviceCookie)
  expect({ name, attributes }).toEqual({
    name: 'deskbell-browser',
    attributes: ['HttpOnly', 'Path=/', 'SameSite=Strict'],
  })
  await signIn(secure)
  expect(partsOf(deviceCookie)).toMatchObject({
    name: '__Host-deskbell-browser',
    attributes: ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure'],
  })
})

test('over https no sibling domain can set the cookie, and it is never sent unencrypted', async () => {
  const { name, attributes } = partsOf(await signIn(secure))
  expect({ name, attributes }).toEqual({
    name: '__Host-deskbell',
    attributes: ['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'],
  })
})

test('over https the cookie of plain http does not count', async () => {
  const cookie = (await signIn(secure)).split(';')[0] ?? ''
  const status = async (sent: string) =>
    (await fetch(`${secure.url}/api/session`, { headers: { cookie: sent } })).status
  expect(await status(cookie)).toBe(200)
  expect(await status(cookie.replace('__Host-', ''))).toBe(401)
})

test('a session in use is extended, with its cookie, and ends at its absolute end in any case', async () => {
  const cookie = await signIn(plain)
  const { value } = partsOf(cookie)
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
  async function used(expires: Date, ends: Date): Promise<number | undefined> {
    await plain.db
      .updateTable('sessions')
      .set({ expires_at: expires, ends_at: ends })
      .where('token_hash', '=', hashToken(value))
      .execute()
    const response = await fetch(`${plain.url}/api/session`, { headers })
    expect(response.status).toBe(200)
    const [renewed] = response.headers.getSetCookie()
    return renewed === undefined ? undefined : partsOf(renewed).inDays
  }
  expect(await used(inDays(3), inDays(20))).toBe(7)
  expect(await used(inDays(3), inDays(5))).toBe(5)
  // Not written again with every call.
  expect(await used(inDays(7), inDays(20))).toBeUndefined()
})

test('signing out deletes the cookie, and its value is worthless afterwards', async () => {
  for (const desk of [plain, secure]) {
    const cookie = await signIn(desk)
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    const response = await fetch(`${desk.url}/api/session`, { method: 'DELETE', headers })
    const { inDays: left, ...cleared } = partsOf(response.headers.getSetCookie()[0] ?? '')
    const { inDays: _before, ...set } = partsOf(cookie)
    expect(cleared).toEqual({ ...set, value: '' })
    expect(left).toBeLessThan(0)
    expect((await fetch(`${desk.url}/api/session`, { headers })).status).toBe(401)
  }
})
