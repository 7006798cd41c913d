import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import { DeskError } from '../errors.ts'
import { hashToken } from '../people/secrets.ts'
import { isKnownHost, unknownHost } from '../network/known-host.ts'

interface HealthParts {
  /** Whether the follower read the log within the last seconds. */
  isHealthy(): boolean
  /** Whether changes cannot be committed because the disk is full. */
  isExhausted(): boolean
  metrics: Registry
  metricsToken: string | undefined
  publicUrl: string | undefined
  /** Whether a setting declares a proxy in front. */
  isBehindProxy: boolean
}

/** Routes for monitoring: liveness, readiness and metrics. */
export function healthRoutes(
  app: FastifyInstance,
  { isHealthy, isExhausted, metrics, metricsToken, publicUrl, isBehindProxy }: HealthParts,
): void {
  app.get('/api/health/live', { schema: { hide: true } as object }, () => ({ status: 'ok' }))
  app.get('/api/health/ready', { schema: { hide: true } as object }, () => {
    if (!isHealthy()) throw new DeskError('unavailable')
    if (isExhausted()) throw new DeskError('storage.exhausted')
    return { status: 'ok' }
  })
  app.get('/metrics', { schema: { hide: true } as object }, async (request, reply) => {
    if (metricsToken === undefined && !isKnownHost({ publicUrl }, request.headers.host))
      throw unknownHost(request.headers.host, request.protocol)
    if (!mayRead(request, metricsToken, isBehindProxy)) throw new DeskError('not.found')
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}

function mayRead(
  request: FastifyRequest,
  token: string | undefined,
  isBehindProxy: boolean,
): boolean {
  if (token === undefined) {
    // A request passed on by a proxy on this machine has a loopback address too.
    return !isBehindProxy && isLoopback(request.ip) && !wasPassedOn(request)
  }
  const sent = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  return timingSafeEqual(hashToken(sent), hashToken(token))
}

/** Nearly every proxy adds one of these headers; behind one that adds none, only a token protects the metrics. */
const proxyHeader =
  /^(forwarded|via|x-forwarded.*|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|true-client-ip|client-ip|fastly-client-ip|fly-client-ip|cf-.*|cdn-loop)$/

function wasPassedOn({ headers }: FastifyRequest): boolean {
  return Object.keys(headers).some((name) => proxyHeader.test(name))
}

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && /^(127\.|::1$|::ffff:127\.)/.test(address)
}
