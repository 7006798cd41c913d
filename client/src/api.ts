import { paths, personHeader } from '@deskbell/contract'
import type { Body, Params, Query, Reply, RouteName } from '@deskbell/contract'
import { ApiError, networkError } from './api-error.ts'
import { readAnswer } from './read-answer.ts'
import { uuidv4 } from './uuid.ts'

export interface Call<N extends RouteName> {
  params?: Params<N>
  query?: Query<N>
  body?: Body<N>
  /** The Idempotency-Key; generated when absent. */
  key?: string
  signal?: AbortSignal
  /** The call outlives the page. For small bodies. */
  keepalive?: boolean
}

/** Typed calls of the HTTP interface. Rejects with an ApiError. */
export interface Api {
  readonly baseUrl: string
  call<N extends RouteName>(name: N, call?: Call<N>): Promise<Reply<N>>
}

export interface ApiOptions {
  /** The server's address. Default: the origin of the page. */
  baseUrl?: string
  fetch?: typeof fetch
  /** Sent with every call. For programs outside a browser, which have no cookie jar. */
  headers?: Readonly<Record<string, string>>
  /** The person's id the calls are made for: the server refuses them when another person is signed in. Absent: any person. */
  person?: string
  /** Called for every refusal, before it rejects. */
  onRefusal?: (error: ApiError) => void
  /** Asks the person for their password and confirms the session, when a call needs it. Resolves to whether they did. */
  confirm?: () => Promise<boolean>
}

/** A call without an answer fails after this time: its connection may be dead. */
const patienceMs = 30_000

export function createApi(options: ApiOptions = {}): Api {
  const { baseUrl = '', headers = {}, person, onRefusal, confirm } = options
  let confirming: Promise<boolean> | undefined
  /** How often the person has confirmed the session. */
  let confirmations = 0
  // Called as a bare function: a browser's fetch refuses any other `this`.
  const request = options.fetch ?? ((input, init) => fetch(input, init))

  async function answer(method: string, url: string, call: Call<RouteName>): Promise<unknown> {
    const response = await request(url, {
      method,
      credentials: 'include',
      headers: {
        accept: 'application/json',
        ...headers,
        ...(person === undefined ? {} : { [personHeader]: person }),
        ...(method === 'GET' || call.key === undefined ? {} : { 'idempotency-key': call.key }),
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.keepalive === true && { keepalive: true }),
      signal: patience(call.signal),
    })
    return readAnswer(response.status, await response.text(), response.headers.get('retry-after'))
  }

  /** All waiting calls share one question. A call that was sent before the last answer to it needs no other one. */
  function isConfirmed(sentAfter: number): Promise<boolean> {
    if (sentAfter < confirmations) return Promise.resolve(true)
    confirming ??= ask().finally(() => {
      confirming = undefined
    })
    return confirming
  }

  async function ask(): Promise<boolean> {
    const isYes = (await confirm?.()) === true
    if (isYes) confirmations += 1
    return isYes
  }

  /** Whether the same call may succeed when sent again. A refusal has stored nothing, so sending again is safe. */
  async function mayPass(name: RouteName, thrown: unknown, sentAfter: number): Promise<boolean> {
    if (!(thrown instanceof ApiError)) return false
    if (thrown.code === 'session.confirm') return isConfirmed(sentAfter)
    // Another tab may have confirmed the session: the browser then has a new token.
    return thrown.code === 'session.none' && person !== undefined && name !== 'session'
  }

  return {
    baseUrl,
    async call(name, call = {}) {
      const [method, path] = paths[name]
      const keyed = { ...call, key: call.key ?? uuidv4() } as Call<RouteName>
      const sentAfter = confirmations
      const send = () => answer(method, baseUrl + urlOf(path, call), keyed) as Promise<never>
      try {
        return await send().catch(async (thrown: unknown) => {
          if (call.signal?.aborted !== true && (await mayPass(name, thrown, sentAfter)))
            return send()
          throw thrown
        })
      } catch (thrown) {
        if (call.signal?.aborted === true) throw thrown
        const error = thrown instanceof ApiError ? thrown : networkError()
        onRefusal?.(error)
        throw error
      }
    },
  }
}

function patience(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(patienceMs)
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}

function urlOf(path: string, call: { params?: unknown; query?: unknown }): string {
  const params = (call.params ?? {}) as Record<string, string>
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${path} needs ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`
}
