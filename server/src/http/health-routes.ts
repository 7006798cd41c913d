import { timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import { DeskError } from '../errors.ts'
import { hashToken } from '../people/secrets.ts'

interface HealthParts {
  /** Whether the log was confirmed within the last seconds. */
  isCurrent(): boolean
  /** Whether changes cannot be committed for want of space. */
  isExhausted(): boolean
  metrics: Registry
  metricsToken: string | undefined
}

/** For machines: is it up, can it serve, how is it doing. */
export function healthRoutes(
  app: FastifyInstance,
  { isCurrent, isExhausted, metrics, metricsToken }: HealthParts,
): void {
  app.get('/api/health/live', { schema: { hide: true } as object }, () => ({ status: 'ok' }))
  app.get('/api/health/ready', { schema: { hide: true } as object }, () => {
    if (!isCurrent()) throw new DeskError('unavailable')
    if (isExhausted()) throw new DeskError('storage.exhausted')
    return { status: 'ok' }
  })
  app.get('/metrics', { schema: { hide: true } as object }, async (request, reply) => {
    if (!mayRead(request, metricsToken)) throw new DeskError('not.found')
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}

function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  // What was passed on is not from this machine, whatever a proxy that nobody set up says of where it is from.
  if (token === undefined) return isLoopback(request.ip) && !wasPassedOn(request)
  const given = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
  return timingSafeEqual(hashToken(given), hashToken(token))
}

function wasPassedOn({ headers }: FastifyRequest): boolean {
  return headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined
}

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && /^(127\.|::1$|::ffff:127\.)/.test(address)
}
