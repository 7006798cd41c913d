import type { IncomingMessage } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'
import { parse } from 'cookie'
import type { Logger } from 'pino'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Db } from '../database/types.ts'
import { DeskError, toDeskError } from '../errors.ts'
import type { OriginRule } from '../network/origin.ts'
import { networkOf } from '../network/network-of.ts'
import { mayWriteAt, unknownHost } from '../network/known-host.ts'
import { isOwnOrigin } from '../network/origin.ts'
import type { Trust } from '../network/trusted-proxies.ts'
import type { NoiseLog } from '../noise-log.ts'
import type { Session } from '../people/sessions.ts'
import { sessionByToken } from '../people/sessions.ts'

interface HandshakeParts {
  db: Db
  cookieName: string
  rule: OriginRule
  trust: Trust
  /** Whether the node reads the log. A node that does not sees no revocations, so it admits no client. */
  isHealthy: () => boolean
  log: Logger
  noise: NoiseLog
}

export interface Handshake {
  /** Decides before a connection exists, for WebSockets and for polling. */
  allowRequest(
    request: IncomingMessage,
    answer: (refusal: string | null | undefined, allowed: boolean) => void,
  ): void
  /** Checks the origin of the polling requests that follow the handshake. */
  isOwnOrigin(request: IncomingMessage): boolean
  sessionOf(request: IncomingMessage): Session | undefined
}

/**
 * Failed handshakes per minute that one network may make. A valid session is never limited: an office shares one
 * address.
 */
const failuresPerMinute = 60

export function createHandshake({
  db,
  cookieName,
  rule,
  trust,
  isHealthy,
  log,
  noise,
}: HandshakeParts): Handshake {
  const sessions = new WeakMap<IncomingMessage, Session>()
  const failures = new RateLimiterMemory({ points: failuresPerMinute, duration: 60 })

  async function admit(request: IncomingMessage): Promise<void> {
    if (!isHealthy()) throw new DeskError('unavailable')
    if (!isOwnOrigin(rule, request.headers)) throw new DeskError('request.origin')
    if (!mayWriteAt(rule, request.headers.host)) throw unknownHost(request.headers.host)
    const token = parse(request.headers.cookie ?? '')[cookieName]
    const session = token === undefined ? undefined : await sessionByToken(db, token)
    if (session === undefined) throw new DeskError('session.none')
    sessions.set(request, session)
  }

  async function refuse(
    { headers }: IncomingMessage,
    address: string | undefined,
    thrown: unknown,
  ): Promise<DeskError> {
    const error = toDeskError(thrown, (bug) => log.error({ err: bug }, 'bug'))
    noise.note(`socket refused: ${error.code}`, { address, origin: headers.origin })
    if (error.status >= 500) return error
    const { consumedPoints } = await failures.penalty(networkOf(address))
    return consumedPoints > failuresPerMinute ? new DeskError('request.tooMany') : error
  }

  async function refusalOf(request: IncomingMessage): Promise<DeskError | undefined> {
    // The address is read before anything is awaited: a connection that breaks off loses its address.
    const address = addressOf(request, trust)
    try {
      await admit(request)
      return undefined
    } catch (thrown) {
      return await refuse(request, address, thrown)
    }
  }

  return {
    allowRequest(request, answer) {
      refusalOf(request)
        .then((refusal) => {
          // The client is gone. Engine.IO would keep a connection for it for 30 s.
          if (request.socket.destroyed) return answer('gone', false)
          answer(refusal && JSON.stringify(refusal.toBody()), refusal === undefined)
        })
        .catch((bug: unknown) => {
          log.error({ err: bug }, 'bug')
          request.socket.destroy()
        })
    },
    isOwnOrigin: (request) => isOwnOrigin(rule, request.headers),
    sessionOf: (request) => sessions.get(request),
  }
}

/** Undefined if the connection broke off earlier. */
function addressOf(request: IncomingMessage, trust: Trust): string | undefined {
  return proxyAddr(request, trust)
}
