import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import { v7 as uuidv7 } from 'uuid'
import { paths } from '@deskbell/contract'
import type { Body, ErrorBody, Params, Query, Reply, Role, RouteName } from '@deskbell/contract'
import { startApp } from '../app.ts'
import type { App } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Db } from '../database/types.ts'
import type { Limiter } from '../http/limits/limiter.ts'
import type { Timeouts } from '../http/limits/enforce-body-rate.ts'
import { createSession } from '../people/sessions.ts'
import { createTestDatabase } from './test-database.ts'
import type { TestDatabase } from './test-database.ts'

/** A whole server on its own database, listening on loopback. */
export interface TestDesk {
  db: Db
  app: App
  url: string
  dataDir: string
  /** Creates a person who is signed in. */
  someone(role: Role, name?: string): Promise<TestPerson>
  /** The same person in another session. */
  again(person: TestPerson): Promise<TestPerson>
  /** Stops the server and starts another one on the same database and port, as a restart would. */
  restart(): Promise<void>
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface Answer<T> {
  status: number
  body: T & ErrorBody
  headers: Headers
}

interface CallInput<N extends RouteName> {
  params?: Params<N>
  query?: Query<N>
  body?: Body<N> | Record<string, unknown>
  key?: string
  headers?: Record<string, string>
}

export interface TestPerson {
  id: string
  name: string
  role: Role
  cookie: string
  /** Calls a route over HTTP. Returns the answer, also a refusal. */
  call<N extends RouteName>(name: N, input?: CallInput<N>): Promise<Answer<Reply<N>>>
  upload(ticketId: string, file: UploadedFile): Promise<Answer<Reply<'attach'>>>
  /** A plain socket.io-client with the session's cookie, as any developer might write it. */
  socket(auth?: Record<string, unknown>): Socket
}

interface UploadedFile {
  content: Uint8Array | string
  name?: string
  internal?: boolean
  draft?: boolean
  key?: string
}

interface TestDeskParts {
  database?: TestDatabase
  log?: Logger
  webRoot?: string
  timeouts?: Partial<Timeouts>
  /** Without it, the usual limits apply. */
  limiter?: Limiter
  consumerBeatMs?: number
  gatherMs?: number
}

export async function startTestDesk(
  env: Record<string, string> = {},
  { database: provided, log = pino({ level: 'fatal' }), ...parts }: TestDeskParts = {},
): Promise<TestDesk> {
  const database = provided ?? (await createTestDatabase())
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-desk-'))
  const { db } = database
  const sockets: Socket[] = []

  async function start(port: number): Promise<App> {
    const config = readConfig({
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      // Tests must not depend on how full this machine's disk is.
      DISK_RESERVE_MB: '0',
      ...env,
    })
    return startApp({ config, database, log, webRoot: undefined, ...parts })
  }

  let app = await start(0)
  const url = app.url.replace('localhost', '127.0.0.1')

  async function someone(role: Role, wanted: string = role): Promise<TestPerson> {
    const id = uuidv7()
    const named = async (name: string) => {
      const values = { id, name, email: `${id}@desk.example`, role, password_hash: 'none' }
      const inserted = await db
        .insertInto('people')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .returning('name')
        .executeTakeFirst()
      return inserted?.name
    }
    // Names are unique.
    const name = (await named(wanted)) ?? (await named(`${wanted} ${id.slice(-6)}`))
    if (name === undefined) throw new Error(`there is a ${wanted} already`)
    return signedIn({ id, name, role })
  }

  async function signedIn({ id, name, role }: Pick<TestPerson, 'id' | 'name' | 'role'>) {
    const { token } = await createSession(db, id)
    return testPerson(url, { id, name, role, cookie: `deskbell=${token}` }, sockets)
  }

  async function stop(): Promise<void> {
    for (const socket of sockets) socket.disconnect()
    await app.stop()
    await database.close()
    await rm(dataDir, { recursive: true, force: true })
  }

  return {
    db,
    get app() {
      return app
    },
    url,
    dataDir,
    someone,
    again: signedIn,
    async restart() {
      await app.stop()
      app = await start(Number(new URL(url).port))
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function testPerson(
  url: string,
  person: Pick<TestPerson, 'id' | 'name' | 'role' | 'cookie'>,
  sockets: Socket[],
): TestPerson {
  let { cookie } = person

  async function call<N extends RouteName>(
    name: N,
    input: CallInput<N> = {},
  ): Promise<Answer<Reply<N>>> {
    const [method, pattern] = paths[name]
    const filled = fill(pattern, input.params ?? {}, input.query ?? {})
    const response = await fetch(url + filled, {
      method,
      headers: {
        cookie,
        ...(method === 'GET' ? {} : { 'idempotency-key': input.key ?? randomUUID() }),
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...input.headers,
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
    })
    const [renewed] = response.headers.getSetCookie()
    if (renewing.has(name) && renewed !== undefined) cookie = renewed.split(';')[0] ?? ''
    return answer(response)
  }

  async function upload(ticketId: string, file: UploadedFile): Promise<Answer<Reply<'attach'>>> {
    const form = new FormData()
    form.append('internal', String(file.internal ?? false))
    form.append('draft', String(file.draft ?? false))
    form.append('file', new Blob([file.content as BlobPart]), file.name ?? 'file.txt')
    const response = await fetch(`${url}/api/tickets/${ticketId}/attachments`, {
      method: 'POST',
      headers: { cookie, 'idempotency-key': file.key ?? randomUUID() },
      body: form,
    })
    return answer(response)
  }

  function socket(auth: Record<string, unknown> = {}): Socket {
    const opened = io(url, {
      auth,
      extraHeaders: { cookie },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    })
    sockets.push(opened)
    return opened
  }

  return {
    ...person,
    get cookie() {
      return cookie
    },
    call,
    upload,
    socket,
  }
}

/** After these routes the session continues with a new token, as in a browser. */
const renewing: ReadonlySet<RouteName> = new Set(['changePassword', 'confirmSession'])

async function answer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    body: (isJson ? JSON.parse(text) : text) as T & ErrorBody,
    headers: response.headers,
  }
}

function fill(pattern: string, params: object, query: object): string {
  const path = pattern.replace(/:([a-zA-Z]+)/g, (_all, name: string) =>
    encodeURIComponent(String(Object.entries(params).find(([key]) => key === name)?.[1])),
  )
  const entries = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)]],
  )
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries).toString()}`
}
