import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { paths } from '@deskbell/contract'
import type { RouteName } from '@deskbell/contract'
import { originCases } from '../testing/origin-cases.ts'
import { originDesks } from '../testing/origin-desks.ts'
import { rawRequest } from '../testing/raw-request.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { stateOf } from '../testing/state-of.ts'

const { deskWith, settings } = originDesks()

/** Over https the cookie has another name. */
function cookieAt(env: Record<string, string>, cookie: string): string {
  return env['PUBLIC_URL'] === undefined ? cookie : `__Host-${cookie}`
}

describe('[SE2] a write', () => {
  test.for(originCases)('$case: allowed is $allowed', async ({ env, headers, allowed }) => {
    const desk = deskWith(env)
    const { cookie } = await desk.someone('sales')
    const before = await stateOf(desk.db)
    const body = JSON.stringify({ title: 'Printer', description: '' })
    const answer = await rawRequest(
      `${desk.url}/api/tickets`,
      'POST',
      {
        cookie: cookieAt(env, cookie),
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...headers,
      },
      body,
    )
    const { code } = JSON.parse(answer.text) as { code?: string }
    expect([answer.status, code]).toEqual(allowed ? [201, undefined] : [403, 'request.origin'])
    const after = await stateOf(desk.db)
    expect(JSON.stringify(after) === JSON.stringify(before)).toBe(!allowed)
  })

  test('of any route is refused to another site, before the session is checked', async () => {
    const desk = deskWith({})
    for (const name of Object.keys(paths) as RouteName[]) {
      const [method, pattern] = paths[name]
      if (method === 'GET') continue
      const url = desk.url + pattern.replaceAll(/:\w+/g, randomUUID())
      const answer = await rawRequest(url, method, { origin: 'https://evil.example' })
      const refusal = { status: answer.status, body: JSON.parse(answer.text) as unknown }
      expect([name, refusalOf(refusal)]).toEqual([name, 'request.origin'])
    }
  })
})

test('only the front end that is set may read from another site', async () => {
  const evil = 'https://evil.example'
  for (const env of settings) {
    const desk = deskWith(env)
    const front = env['FRONTEND_URL']
    const preflight = {
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type, idempotency-key',
    }
    for (const origin of [evil, 'https://app.example.org', 'null']) {
      const read = await rawRequest(`${desk.url}/api/session`, 'GET', { origin })
      const asked = await rawRequest(`${desk.url}/api/me`, 'OPTIONS', { origin, ...preflight })
      for (const { headers } of [read, asked]) {
        expect(headers['access-control-allow-origin']).toBe(front)
        expect(headers['access-control-allow-credentials']).toBe(front && 'true')
      }
    }
  }
})
