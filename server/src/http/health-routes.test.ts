import { expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { refusalOf } from '../testing/refusal-of.ts'

async function metrics(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/metrics`, { headers })
  if (response.status === 200) return (await response.text()).includes('deskbell_sockets')
  return refusalOf({ status: response.status, body: await response.json() })
}

test('metrics are for this machine, and not for requests that a proxy on it passes on', async () => {
  for (const trust of ['loopback', 'false', '0']) {
    await using desk = await startTestDesk({ TRUST_PROXY: trust })
    expect(await metrics(desk.url)).toBe(true)
    for (const address of ['203.0.113.9', '127.0.0.1', '203.0.113.9, 127.0.0.1']) {
      expect(await metrics(desk.url, { 'x-forwarded-for': address })).toBe('not.found')
      expect(await metrics(desk.url, { forwarded: `for=${address}` })).toBe('not.found')
      expect(await metrics(desk.url, { 'x-real-ip': address })).toBe('not.found')
    }
    for (const [name, value] of [
      ['x-forwarded-proto', 'https'],
      ['x-forwarded-port', '443'],
      ['x-forwarded', 'for=203.0.113.9'],
      ['via', '1.1 proxy'],
      ['cf-connecting-ip', '203.0.113.9'],
      ['true-client-ip', '203.0.113.9'],
      ['x-client-ip', '203.0.113.9'],
      ['x-original-host', 'desk.example'],
      ['cdn-loop', 'cloudflare'],
    ] as const) {
      expect([name, await metrics(desk.url, { [name]: value })]).toEqual([name, 'not.found'])
    }
  }
})

test('behind a proxy metrics need a token', async () => {
  const proxies = ['true', '1', '127.0.0.1', '10.0.0.0/8', 'loopback, 203.0.113.1', 'uniquelocal']
  const settings = proxies.map((names) => ({ TRUST_PROXY: names }))
  for (const setting of [{ PUBLIC_URL: 'https://desk.example.org' }, ...settings]) {
    await using desk = await startTestDesk(setting)
    expect([setting, await metrics(desk.url)]).toEqual([setting, 'not.found'])
  }
})

test('a page of another site whose name resolves here cannot read them', async () => {
  await using desk = await startTestDesk()
  const headers = { host: 'evil.example', origin: 'http://evil.example' }
  const { status, text } = await rawRequest(`${desk.url}/metrics`, 'GET', headers)
  expect([status, text]).toEqual([403, expect.stringContaining('request.host')])
})

test('with a token set, metrics are only for callers that have it', async () => {
  const token = 'a token of sixteen or more'
  await using desk = await startTestDesk({ METRICS_TOKEN: token })
  expect(await metrics(desk.url)).toBe('not.found')
  for (const authorization of [
    '',
    'Bearer ',
    `Bearer ${token} `,
    `Bearer ${token}x`,
    `Basic ${token}`,
  ]) {
    const sent = authorization.trim() === `Bearer ${token}` ? `${authorization}.` : authorization
    expect(await metrics(desk.url, { authorization: sent })).toBe('not.found')
  }
  const passedOn = { authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.9' }
  expect(await metrics(desk.url, passedOn)).toBe(true)
})

test('everyone may see that the server is up, and nothing more', async () => {
  await using desk = await startTestDesk()
  for (const at of ['live', 'ready']) {
    const response = await fetch(`${desk.url}/api/health/${at}`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
  }
})
