import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type {
  APIRequestContext,
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Page,
} from 'playwright-core'
import { inject } from 'vitest'
import { paths } from '@deskbell/contract'
import type { Body, Reply, Role, RouteName } from '@deskbell/contract'
import { browserArguments } from './browser-arguments.ts'
import { freePort, startServer, stopServer } from './server-process.ts'

const password = 'correct horse battery'

/** The server as its users run it, in a process of its own with its own PostgreSQL, and a browser. */
export interface NewDesk {
  url: string
  /** The set-up link, as the server printed it. */
  setUpUrl: string
  browser: Browser
  dataDir: string
  /** A context with its own cookies and storage, as on another computer. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>
  /** Ends the server as Ctrl-C does. */
  stopServer(): Promise<void>
  /** Starts the server again, on the same port and data. */
  startServer(): Promise<void>
  close(): Promise<void>
}

/** A desk that is set up. */
export interface Desk extends NewDesk {
  /** The first super admin. */
  founder: Person
  /** Invites a new person and signs them in, in a browser context of their own. */
  person(name: string, role: Role, options?: BrowserContextOptions): Promise<Person>
}

export interface Person {
  id: string
  name: string
  email: string
  password: string
  context: BrowserContext
  page: Page
  /** Makes a call with this person's cookie; throws when the server refuses it. */
  call<N extends RouteName>(
    name: N,
    input?: { params?: object; query?: Record<string, string>; body?: Body<N> },
  ): Promise<Reply<N>>
}

/** A name and an address that no earlier try of a test took: equal ones are refused. */
export function newcomer(name: string): { name: string; email: string } {
  const mark = randomUUID().slice(0, 8)
  const email = `${name.toLowerCase().replaceAll(' ', '.')}.${mark}@desk.example`
  return { name: `${name} ${mark}`, email }
}

/** Variables that are added to the environment that every test has; they may depend on the address. */
type Variables = Record<string, string> | ((url: string) => Record<string, string>)

/** Opens a desk that is set up. */
export async function openDesk(variables: Variables = {}): Promise<Desk> {
  const desk = await openNewDesk(variables)
  const { url, newContext } = desk

  const people = new Map<string, Person>()

  /** A second try of a test invites people with the names of the first. */
  async function freeName(name: string): Promise<void> {
    await people.get(name)?.call('editMe', { body: { name: newcomer(name).name } })
  }

  async function person(
    name: string,
    role: Role,
    options: BrowserContextOptions = {},
  ): Promise<Person> {
    await freeName(name)
    const { email } = newcomer(name)
    const { invitation } = await founder.call('invite', { body: { name, email, role } })
    const context = await newContext(options)
    const accepted = await request<'acceptInvitation'>(context.request, url, 'acceptInvitation', {
      params: { token: invitation?.token },
      body: { password },
    })
    const made = await enter(context, accepted.me)
    people.set(name, made)
    return made
  }

  async function enter(
    context: BrowserContext,
    me: { id: string; name: string; email: string },
  ): Promise<Person> {
    const page = await context.newPage()
    await page.goto('/')
    await page.getByText('Live', { exact: true }).first().waitFor()
    const { id, name, email } = me
    return {
      id,
      name,
      email,
      password,
      context,
      page,
      call: (route, input) => request(context.request, url, route, input),
    }
  }

  const context = await newContext()
  const token = new URL(desk.setUpUrl).searchParams.get('token') ?? ''
  const body = { token, name: 'Fay Founder', email: 'fay@desk.example', password }
  const { me } = await request<'setUp'>(context.request, url, 'setUp', { body })
  const founder = await enter(context, me)
  return { ...desk, founder, person }
}

/** Opens a desk that has no account yet. */
export async function openNewDesk(wanted: Variables = {}): Promise<NewDesk> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-e2e-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const variables = typeof wanted === 'function' ? wanted(url) : wanted
  let server = await startServer(dataDir, port, [], variables)
  const browser = await chromium.launch({
    executablePath: inject('chromium'),
    args: browserArguments,
  })
  return {
    url,
    setUpUrl: /http\S+\/setup\?token=\S+/.exec(server.said.join('\n'))?.[0] ?? url,
    browser,
    dataDir,
    newContext: (options) =>
      browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 }, ...options }),
    stopServer: () => stopServer(server),
    async startServer() {
      server = await startServer(dataDir, port, [], variables)
    },
    async close() {
      await browser.close()
      await stopServer(server)
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function request<N extends RouteName>(
  api: APIRequestContext,
  url: string,
  name: N,
  input: { params?: object; query?: Record<string, string>; body?: unknown } = {},
): Promise<Reply<N>> {
  const [method, pattern] = paths[name]
  const values = new Map(Object.entries(input.params ?? {}))
  const address =
    url + pattern.replace(/:([a-zA-Z]+)/g, (_all, key: string) => String(values.get(key)))
  const response = await api.fetch(address, {
    method,
    ...(input.query === undefined ? {} : { params: input.query }),
    headers: method === 'GET' ? {} : { 'idempotency-key': randomUUID() },
    ...(input.body === undefined ? {} : { data: input.body }),
  })
  const text = await response.text()
  if (!response.ok()) throw new Error(`${name}: ${response.status()} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as Reply<N>
}
