import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { rawRequest } from '../testing/raw-request.ts'

let desk: TestDesk
let webRoot: string
beforeAll(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), 'deskbell-web-'))
  await mkdir(path.join(webRoot, 'assets'))
  await writeFile(path.join(webRoot, 'index.html'), '<meta content="__CSP_NONCE__"><p>Desk</p>')
  await writeFile(path.join(webRoot, 'assets', 'app-1a2b.js'), 'run()')
  await writeFile(path.join(webRoot, 'favicon.svg'), '<svg/>')
  await writeFile(path.join(webRoot, '.secret'), 'hidden')
  desk = await startTestDesk({ PUBLIC_URL: 'https://desk.example.org' }, { webRoot })
})
afterAll(async () => {
  await desk.stop()
  await rm(webRoot, { recursive: true })
})

function policyOf(response: Response): Map<string, string[]> {
  const policy = response.headers.get('content-security-policy') ?? ''
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/)
      return [name, sources]
    }),
  )
}

test('every answer forbids what it does not need', async () => {
  for (const at of [
    '/',
    '/tickets/1',
    '/api/me',
    '/api/nothing',
    '/assets/app-1a2b.js',
    '/api/docs',
    '/metrics',
  ]) {
    const response = await fetch(desk.url + at, { redirect: 'manual' })
    const policy = policyOf(response)
    expect([at, policy.get('default-src')]).toEqual([
      at,
      expect.toBeOneOf([["'none'"], ["'self'"]]),
    ])
    expect([at, policy.get('frame-ancestors')]).toEqual([
      at,
      expect.toBeOneOf([["'none'"], ["'self'"]]),
    ])
    const scripts = policy.get('script-src') ?? []
    expect([at, scripts.filter((source) => /unsafe|\*|https?:|data:/.test(source))]).toEqual([
      at,
      [],
    ])
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('permissions-policy')).toMatch(/camera=\(\).*geolocation=\(\)/)
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect(response.headers.get('x-powered-by')).toBeNull()
    expect(response.headers.get('server')).toBeNull()
  }
})

test('neither browsers nor proxies store data of people, and both store files of the page', async () => {
  const kept = async (at: string) => (await fetch(desk.url + at)).headers.get('cache-control')
  for (const at of ['/', '/api/me', '/api/setup', '/api/nothing'])
    expect([at, await kept(at)]).toEqual([at, 'no-store'])
  expect(await kept('/assets/app-1a2b.js')).toContain('immutable')
})

test('the page runs no inline script, and allows styles only with an unguessable nonce', async () => {
  const answers = await Promise.all(['/', '/tickets/1', '/'].map((at) => fetch(desk.url + at)))
  const nonces = await Promise.all(
    answers.map(async (response) => {
      const policy = policyOf(response)
      expect(policy.get('script-src')).toEqual(["'self'"])
      expect(policy.get('object-src') ?? policy.get('default-src')).toEqual(["'none'"])
      expect(policy.get('base-uri')).toEqual(["'none'"])
      expect(policy.get('frame-ancestors')).toEqual(["'none'"])
      const [own, nonced, ...more] = policy.get('style-src') ?? []
      expect([own, more]).toEqual(["'self'", []])
      const nonce = /^'nonce-([A-Za-z0-9+/=]{22,})'$/.exec(nonced ?? '')?.[1] ?? ''
      expect(await response.text()).toBe(`<meta content="${nonce}"><p>Desk</p>`)
      expect(response.headers.get('cache-control')).toBe('no-store')
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(3)
})

test('the page is served at its own addresses only', async () => {
  const served = async (at: string) => {
    const response = await fetch(desk.url + at)
    return `${response.status} ${response.headers.get('content-type')?.split(';')[0]}`
  }
  expect(await served('/people')).toBe('200 text/html')
  expect(await served('/assets/app-1a2b.js')).toMatch(/^200 (text|application)\/javascript$/)
  expect(await served('/favicon.svg')).toBe('200 image/svg+xml')
  for (const at of [
    '/api',
    '/api?page',
    '/api/x',
    '/API/tickets',
    '/Api/nothing',
    '/%61pi/x',
    '/assets/gone.js',
    '/Assets/gone.js',
    '/socket.io/x',
  ]) {
    expect([at, await served(at)]).toEqual([at, expect.stringMatching(/^40\d application\/json$/)])
  }
  for (const at of [
    '/.secret',
    '/..%2f.secret',
    '/assets/..%2f.secret',
    '/%2e%2e/%2e%2e/etc/passwd',
  ]) {
    const text = await (await fetch(desk.url + at)).text()
    expect([at, text.includes('hidden'), text.includes('root:')]).toEqual([at, false, false])
  }
  const post = await fetch(`${desk.url}/people`, { method: 'POST' })
  expect(post.status).toBe(404)
})

test('browsers and robots find what they ask every site for, and keep it for a day', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'deskbell-public-'))
  await cp(path.resolve(import.meta.dirname, '../../../web/public'), root, { recursive: true })
  await mkdir(path.join(root, 'assets'))
  await writeFile(path.join(root, 'index.html'), '')
  await using web = await startTestDesk({}, { webRoot: root })
  const found = async (at: string) => {
    const response = await fetch(web.url + at)
    const type = response.headers.get('content-type')?.split(';')[0]
    expect([at, response.status]).toEqual([at, 200])
    expect(response.headers.get('cache-control')).toBe('public, max-age=86400')
    return { type, content: Buffer.from(await response.arrayBuffer()) }
  }
  const icon = await found('/favicon.ico')
  expect([icon.type, icon.content.readUInt32BE()]).toEqual(['image/vnd.microsoft.icon', 0x00000100])
  const robots = await found('/robots.txt')
  expect([robots.type, String(robots.content)]).toEqual([
    'text/plain',
    'User-agent: *\nDisallow: /\n',
  ])
  const manifest = await found('/manifest.webmanifest')
  expect(manifest.type).toBe('application/manifest+json')
  const { name, display, start_url, icons } = JSON.parse(String(manifest.content)) as {
    [entry: string]: unknown
    icons: { src: string; type: string }[]
  }
  expect([name, display, start_url]).toEqual(['Deskbell', 'standalone', '/'])
  for (const { src, type } of icons) expect([src, (await found(src)).type]).toEqual([src, type])
  await rm(root, { recursive: true })
})

test('a request to upgrade at another path is answered normally', async () => {
  const headers = { connection: 'upgrade', upgrade: 'h2c' }
  expect((await rawRequest(`${desk.url}/api/setup`, 'GET', headers)).status).toBe(200)
  expect((await rawRequest(`${desk.url}/api/me`, 'GET', headers)).status).toBe(401)
})
