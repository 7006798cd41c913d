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
import type { DraftMessage } from '@deskbell/contract'
import type { Audit } from '../audit/create-audit.ts'
import type { Config } from '../config.ts'
import type { Db } from '../database/types.ts'
import { DeskError, isDiskFull } from '../errors.ts'
import type { Admission } from '../files/admit-uploads.ts'
import type { FileStore } from '../files/file-store.ts'
import type { NoiseLog } from '../noise-log.ts'
import type { UnsubscribeTokens } from '../email/unsubscribe-tokens.ts'
import type { DiskWatch } from '../files/watch-disk.ts'
import { answerError, answerErrors, answerUnknown, answerUnreadable } from './answer-errors.ts'
import { auditRoutes } from './audit-routes.ts'
import { describeRequests } from './audit-context.ts'
import { authenticate } from './authenticate.ts'
import type { DeviceCookie } from './device-cookie.ts'
import { docsRoutes } from './docs-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { pushRoutes } from './push-routes.ts'
import { emailRoutes } from './email-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { healthRoutes } from './health-routes.ts'
import type { Timeouts } from './limits/enforce-body-rate.ts'
import { logRefusedOrigins } from './log-refused-origins.ts'
import type { Limiter } from './limits/limiter.ts'
import { peopleRoutes } from './people-routes.ts'
import { notificationRoutes } from './notification-routes.ts'
import { tagRoutes } from './tag-routes.ts'
import type { PasswordCaller, Passwords } from '../people/secrets.ts'
import type { Looks } from '../tickets/changes/gather-looks.ts'
import type { SessionCookie } from './session-cookie.ts'
import { sessionRoutes } from './session-routes.ts'
import { createSignInThrottle } from './limits/sign-in-throttle.ts'
import { namesProxy, trustedProxies } from '../network/trusted-proxies.ts'
import { ticketRoutes } from './ticket-routes.ts'
import { settingsRoutes } from './settings-routes.ts'
import { webRoutes } from './web-routes.ts'

interface HttpOptions {
  config: Config
  db: Db
  looks: Looks
  audit: Audit
  files: FileStore
  filesDirectory: string
  admission: Admission
  disk: DiskWatch
  cookie: SessionCookie
  device: DeviceCookie
  unsubscribeTokens: UnsubscribeTokens
  limiter: Limiter
  passwordsFor: (caller: PasswordCaller) => Passwords
  /** Tells a person's own devices that a draft changed. */
  tellDraft: (personId: string, changed: DraftMessage['data']) => void
  /** The public key of the desk for messages to devices. Null: it has no contact to name, so there are none. */
  pushKey: string | null
  reportBug: (bug: unknown) => void
  log: Logger
  noise: NoiseLog
  metrics: Registry
  isHealthy: () => boolean
  /** The built web app. Undefined: only the API is served. */
  webRoot: string | undefined
  timeouts: Timeouts
  /** Called when the server begins to stop, before it waits for open connections. */
  beforeClose: () => Promise<void>
}

/** More than the largest body of the contract: 20,000 characters of text, escaped. */
const bodyBytes = 256 * 1024

export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { config, db, cookie, limiter, log, noise, timeouts } = options
  const app = Fastify({
    // At `info` Fastify logs every address that it listens on; the start script prints one.
    loggerInstance: log.child(
      {},
      { level: log.level === 'info' ? 'warn' : log.level },
    ) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies(config.trustProxy),
    bodyLimit: bodyBytes,
    connectionTimeout: timeouts.idleMs,
    // Whole requests have no deadline: see enforceBodyRate.
    http: {
      // Other upgrade requests, such as those of curl --http2, must not end the connection.
      shouldUpgradeCallback: ({ url = '' }: IncomingMessage) => url.startsWith('/socket.io/'),
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.headersMs / 2,
    },
    genReqId: () => randomUUID(),
    // Otherwise open sockets would keep the server from closing.
    forceCloseConnections: true,
    // Requests that still arrive on open connections are answered like all others.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadable(noise),
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  answerErrors(app)
  // Calls are JSON. Forms of other sites can send text/plain without a preflight request.
  app.removeContentTypeParser('text/plain')
  app.addHook('preClose', () => {
    // The calls under way need not wait for further looks.
    void options.looks.flush()
    return options.beforeClose()
  })
  app.addHook('onSend', async (_request, reply) => {
    // What people read must not stay on a proxy, or on the disk of a shared computer.
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
  const sendsEmail = config.email !== undefined
  const { missingForEmail } = config
  const parts = {
    ...options,
    storage,
    throttle,
    maxUploadBytes,
    publicUrl,
    sendsEmail,
    missingForEmail,
  }
  sessionRoutes(app, parts)
  ticketRoutes(app, parts)
  draftRoutes(app, parts)
  pushRoutes(app, parts)
  await app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    await uploads.register(fastifyMultipart)
    fileRoutes(uploads, parts)
  })
  peopleRoutes(app, parts)
  tagRoutes(app, parts)
  notificationRoutes(app, parts)
  settingsRoutes(app, parts)
  auditRoutes(app, parts)
  await emailRoutes(app, parts)
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

/** Disables every browser feature that Deskbell does not use. */
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
        // React sets style attributes through the DOM, which this policy does not cover; no style is written as text.
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // For this host only: its subdomains may belong to others.
    hsts: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginResourcePolicy: {
      policy: config.frontendUrl === undefined ? 'same-origin' : 'same-site',
    },
    // On plain http browsers only log a warning about this header.
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
      // The client compares its clock with the server's, and waits as long as it says. Location is where a new thing is.
      exposedHeaders: ['Date', 'Location', 'Retry-After'],
    })
  }
  await app.register(fastifyUnderPressure, {
    maxEventLoopDelay: 2_000,
    // With the default of one second, a single pause of the machine would refuse everyone for another second.
    sampleInterval: 5_000,
    pressureHandler: () => {
      throw new DeskError('busy')
    },
  })
}
