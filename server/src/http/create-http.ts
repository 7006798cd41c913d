import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import fastifyCookie from '@fastify/cookie'
import fastifyCors from '@fastify/cors'
import fastifyHelmet from '@fastify/helmet'
import fastifyMultipart from '@fastify/multipart'
import fastifyUnderPressure from '@fastify/under-pressure'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Audit } from '../audit/create-audit.ts'
import type { Config } from '../config.ts'
import type { Db } from '../database/types.ts'
import { DeskError, isDiskFull } from '../errors.ts'
import type { Admission } from '../files/admit-uploads.ts'
import type { FileStore } from '../files/file-store.ts'
import type { NoiseLog } from '../noise-log.ts'
import type { DiskWatch } from '../files/watch-disk.ts'
import { answerError, answerErrors, answerUnknown, answerUnreadable } from './answer-errors.ts'
import { auditRoutes } from './audit-routes.ts'
import { describeRequests } from './audit-context.ts'
import { authenticate } from './authenticate.ts'
import type { DeviceCookie } from './device-cookie.ts'
import { docsRoutes } from './docs-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { healthRoutes } from './health-routes.ts'
import type { Timeouts } from './limits/enforce-body-rate.ts'
import { logRefusedOrigins } from './log-refused-origins.ts'
import type { Limiter } from './limits/limiter.ts'
import { peopleRoutes } from './people-routes.ts'
import type { PasswordCaller, Passwords } from '../people/secrets.ts'
import type { SessionCookie } from './session-cookie.ts'
import { sessionRoutes } from './session-routes.ts'
import { createSignInThrottle } from './limits/sign-in-throttle.ts'
import { namesProxy, trustedProxies } from '../network/trusted-proxies.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { webRoutes } from './web-routes.ts'

interface HttpOptions {
  config: Config
  db: Db
  audit: Audit
  files: FileStore
  filesDirectory: string
  admission: Admission
  disk: DiskWatch
  cookie: SessionCookie
  device: DeviceCookie
  limiter: Limiter
  passwordsFor: (caller: PasswordCaller) => Passwords
  reportBug: (bug: unknown) => void
  log: Logger
  noise: NoiseLog
  metrics: Registry
  isHealthy: () => boolean
  /** The built web app; without it the interface alone is served. */
  webRoot: string | undefined
  timeouts: Timeouts
  /** Called after every call that may have changed something. */
  changed: () => void
  /** Called when the server is about to stop, before it waits for open connections. */
  beforeClose: () => Promise<void>
}

/** Larger JSON than any contract body can be: 20,000 characters of text, escaped. */
const bodyBytes = 256 * 1024

export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { config, db, cookie, limiter, log, noise, timeouts } = options
  const app = Fastify({
    // At this level Fastify tells of each address it listens at; whoever starts the server says that once.
    loggerInstance: log.child(
      {},
      { level: log.level === 'info' ? 'warn' : log.level },
    ) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: bodyBytes,
    connectionTimeout: timeouts.idleMs,
    // For whole requests there is no deadline: see keepPace.
    http: {
      // Other wishes to upgrade, as curl --http2 has, are no reason to hang up.
      shouldUpgradeCallback: ({ url = '' }: IncomingMessage) => url.startsWith('/socket.io/'),
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.headersMs / 2,
    },
    genReqId: () => randomUUID(),
    // Open sockets would otherwise keep the server from ever closing.
    forceCloseConnections: true,
    // What still comes in on them meanwhile is answered like everything else.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadable(noise),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerErrors(app)
  // Calls are JSON. Text would come from forms of other sites, which need not ask for permission to send it.
  app.removeContentTypeParser('text/plain')
  app.addHook('preClose', options.beforeClose)
  // Before the answer is out, so that who made the change hears of it no later than the others.
  app.addHook('onSend', async (request, reply) => {
    if (request.method !== 'GET') options.changed()
    // What people may read is left on no proxy, and on the disk of no computer that several of them use.
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })

  app.addHook('onError', async (request, _reply, error) => {
    if (!isDiskFull(error)) return
    request.log.warn({ err: error }, 'no room on the disk')
    options.disk.suspect()
  })
  app.addHook('preHandler', async (request) => {
    const { writes } = request.routeOptions.config
    if (writes === true && options.disk.isExhausted()) throw new DeskError('storage.exhausted')
  })

  await protect(app, config)
  logRefusedOrigins(app, noise, config.publicUrl)
  await app.register(fastifyCookie)
  authenticate(app, { db, cookie, limiter, rule: config })
  describeRequests(app, options.audit)
  await docsRoutes(app, cookie.name, config.publicUrl ?? `http://localhost:${config.port}`)

  const { disk } = options
  const { publicUrl, maxUploadBytes, storage } = config
  const throttle = createSignInThrottle(limiter)
  const parts = { ...options, storage, throttle, maxUploadBytes, publicUrl }
  sessionRoutes(app, parts)
  ticketRoutes(app, parts)
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    await uploads.register(fastifyMultipart)
    fileRoutes(uploads, parts)
  })
  peopleRoutes(app, parts)
  auditRoutes(app, parts)
  healthRoutes(app, {
    isHealthy: options.isHealthy,
    isExhausted: disk.isExhausted,
    metrics: options.metrics,
    metricsToken: config.metricsToken,
    publicUrl: config.publicUrl,
    isBehindProxy: config.publicUrl !== undefined || namesProxy(config.trustProxy),
  })
  if (options.webRoot === undefined) answerUnknown(app)
  else await webRoutes(app, options.webRoot, config)
  return app
}

/** What a page may ask of the browser: nothing that Deskbell does not use. */
const permissionsPolicy = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

async function protect(app: FastifyInstance, config: Config): Promise<void> {
  const https = config.publicUrl?.startsWith('https:') === true
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        // React sets style attributes through the DOM, which the policy does not cover; nobody writes them as text.
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Of this host alone: those below it are not ours to decide for.
    hsts: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginResourcePolicy: {
      policy: config.frontendUrl === undefined ? 'same-origin' : 'same-site',
    },
    // Tells browsers nothing on plain http but that they should complain.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('permissions-policy', permissionsPolicy)
  })
  if (config.frontendUrl !== undefined) {
    await app.register(fastifyCors, {
      origin: config.frontendUrl,
      credentials: true,
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    })
  }
  await app.register(fastifyUnderPressure, {
    maxEventLoopDelay: 2_000,
    // Over a second, its default, a single pause of the machine would turn everyone away for another.
    sampleInterval: 5_000,
    pressureHandler: () => {
      throw new DeskError('busy')
    },
  })
}
