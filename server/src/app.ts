import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { addressFileIn } from './address-file.ts'
import { createAudit } from './audit/create-audit.ts'
import type { Config } from './config.ts'
import type { Consumer } from './consumers/consumer.ts'
import { consumerStates } from './consumers/consumer-states.ts'
import { runConsumer } from './consumers/run-consumer.ts'
import { isDatabaseAway } from './database/is-database-away.ts'
import type { OpenDatabase } from './database/open-database.ts'
import { createEmailConsumer } from './email/email-consumer.ts'
import type { EmailParts } from './email/email-consumer.ts'
import { createSmtp } from './email/smtp.ts'
import { createUnsubscribeTokens } from './email/unsubscribe-tokens.ts'
import { followLog } from './log/follow-log.ts'
import { eventsAfter } from './log/logged-event.ts'
import { logFloor } from './log/log-position.ts'
import { resolveResumePoint } from './log/resolve-resume-point.ts'
import { readersAt, visibleTickets } from './access/readers.ts'
import { createWake } from './log/wake.ts'
import { admitUploads } from './files/admit-uploads.ts'
import { reserveOf } from './files/disk-reserve.ts'
import { createFileStore } from './files/file-store.ts'
import type { FileStore } from './files/file-store.ts'
import { watchDisk } from './files/watch-disk.ts'
import { createHttp } from './http/create-http.ts'
import { deviceCookie } from './http/device-cookie.ts'
import { enforceBodyRate, defaultTimeouts } from './http/limits/enforce-body-rate.ts'
import type { Timeouts } from './http/limits/enforce-body-rate.ts'
import { createMemoryLimiter } from './http/limits/limiter.ts'
import type { Limiter } from './http/limits/limiter.ts'
import { sessionCookie } from './http/session-cookie.ts'
import { trustedProxies } from './network/trusted-proxies.ts'
import { createMetrics } from './metrics.ts'
import { createNoiseLog } from './noise-log.ts'
import { createPasswordQueue } from './people/secrets.ts'
import { sessionById } from './people/sessions.ts'
import { issueSetUpLink } from './people/set-up.ts'
import { pushConsumer } from './push/push-consumer.ts'
import type { PushParts } from './push/push-consumer.ts'
import { openPushKey } from './push/open-push-key.ts'
import type { SocketServer } from './realtime/socket-server.ts'
import { createHandshake } from './realtime/handshake.ts'
import { serveSockets } from './realtime/realtime.ts'
import type { RealtimeParts } from './realtime/realtime.ts'
import { watchExpiry } from './realtime/watch-expiry.ts'
import { endDueSnoozes } from './notifications/end-due-snoozes.ts'
import { followDeskSettings } from './settings/follow-desk-settings.ts'
import { gatherLooks } from './tickets/changes/gather-looks.ts'
import { closeDueTickets } from './tickets/close-due-tickets.ts'
import { readLooks } from './tickets/reads/looks.ts'
import { sweep, sweepEveryMs } from './sweep.ts'
import type { Db } from './database/types.ts'
import { workAlone } from './database/work-alone.ts'

interface AppOptions {
  config: Config
  database: Pick<OpenDatabase, 'db' | 'listen'>
  log: Logger
  /** The built web app. Undefined: only the API is served. */
  webRoot: string | undefined
  timeouts?: Partial<Timeouts>
  /** Limits how often people do things; nodes that count together share one. */
  limiter?: Limiter
  /** How often the stored followers look for events, and how long e-mails wait for more. */
  consumerBeatMs?: number
  gatherMs?: number
}

export interface App {
  /** The URL that it listens at, for this machine. */
  url: string
  /** The set-up link, while there is no account. */
  setUpUrl: string | undefined
  socketServer: SocketServer
  /** Notifies all clients, finishes what is under way and stops. The database stays open. */
  stop(): Promise<void>
}

/** Wires all parts of the server; nothing is wired elsewhere. */
export async function startApp({
  config,
  database,
  log,
  webRoot,
  timeouts: wanted,
  limiter = createMemoryLimiter(),
  consumerBeatMs,
  gatherMs,
}: AppOptions): Promise<App> {
  const { db } = database
  const timeouts = { ...defaultTimeouts, ...wanted }
  function reportBug(bug: unknown): void {
    // The pool has logged this already, once.
    if (!isDatabaseAway(bug)) log.error({ err: bug }, 'bug')
  }
  const metrics = createMetrics()
  const noise = createNoiseLog(log)
  const audit = createAudit({ db, log, reportBug })
  const cookie = sessionCookie(config.publicUrl)
  const address = addressFileIn(config.dataDir)
  const filesDirectory = path.join(config.dataDir, 'files')
  const files = createFileStore(filesDirectory)
  const disk = await watchDisk({ db, reserve: reserveOf(config), log })
  const follower = await followLog(db, { reportBug })
  // An embedded database has no other nodes to notify.
  const listen = config.databaseUrl === undefined ? undefined : database.listen
  const wake = createWake(listen, follower.notify, log)
  const stopWaking = db.appended.on(wake.wake)
  const deskSettings = await followDeskSettings(db, follower)

  const pushKey = await openPushKey(db, log)
  const secret = await deviceSecret(db)
  const unsubscribeTokens = createUnsubscribeTokens(secret)
  const http = await createHttp({
    config,
    db,
    unsubscribeTokens,
    looks: gatherLooks(db),
    audit,
    files,
    filesDirectory,
    admission: admitUploads({ db, directory: filesDirectory, limits: config.storage }),
    disk,
    cookie,
    device: deviceCookie(config.publicUrl, secret),
    limiter,
    passwordsFor: createPasswordQueue(),
    pushKey: config.pushContact === undefined ? null : pushKey.publicKey,
    tellDraft: (personId, changed) => realtime.tellDraft(personId, changed),
    reportBug,
    log,
    noise,
    metrics: metrics.registry,
    isHealthy: follower.isHealthy,
    webRoot,
    timeouts,
    beforeClose: () => realtime.close(),
  })
  const realtime = serveSockets({
    http: http.server,
    handshake: createHandshake({
      db,
      cookieName: cookie.name,
      rule: config,
      trust: trustedProxies(config.trustProxy),
      isHealthy: follower.isHealthy,
      log,
      noise,
    }),
    frontendUrl: config.frontendUrl,
    follower,
    ...readsOf(db),
    deskSettings,
    watchExpiry: (socket, session) => watchExpiry(db, socket, session, reportBug),
    sent: metrics.sent,
    reportBug,
  })
  enforceBodyRate(http.server, timeouts)
  metrics.watch({
    sockets: () => realtime.io.of('/').sockets.size,
    head: () => follower.position().seq,
    isHealthy: follower.isHealthy,
  })

  metrics.watchConsumers(() => consumerStates(db))

  const followers = startFollowers(config, {
    email: { db, tokens: unsubscribeTokens, gatherMs },
    push: { db, key: pushKey, isConnected: realtime.socketServer.isUserConnected },
    run: (consumer) => runConsumer(db, consumer, { log, reportBug, beatMs: consumerBeatMs }),
  })
  const works = startWorks(db, files, reportBug)
  const setUp = await issueSetUpLink(db)
  try {
    await http.listen({ port: config.port, host: config.host })
  } catch (error) {
    await stop()
    throw error
  }
  const { port } = http.server.address() as AddressInfo
  const url = `http://${hostToOpen(config.host)}:${port}`
  const publicUrl = config.publicUrl ?? url
  await address.write(publicUrl).catch(reportBug)
  return {
    url,
    setUpUrl: setUp && `${publicUrl}/setup?token=${setUp.token}`,
    socketServer: realtime.socketServer,
    async stop() {
      await address.remove().catch(reportBug)
      await stop()
    },
  }

  async function stop(): Promise<void> {
    // Other nodes take over at once.
    const released = Promise.all([
      ...works.map((work) => work.stop()),
      ...followers.map((one) => one?.stop()),
    ])
    await http.close()
    noise.stop()
    stopWaking()
    const stopped = Promise.all([released, disk.stop(), audit.stop(), wake.stop(), follower.stop()])
    // Queries that the database does not answer are cut off when the pool ends.
    await Promise.race([stopped, delay(answerMs, undefined, { ref: false })])
  }
}

/** What one node does alone. */
function startWorks(db: Db, files: FileStore, reportBug: (bug: unknown) => void) {
  return [
    workAlone(db, {
      name: 'sweeping',
      everyMs: sweepEveryMs,
      work: (lease) => sweep(lease.write, files, reportBug),
      reportBug,
    }),
    workAlone(db, {
      name: 'closing',
      everyMs: closeEveryMs,
      work: (lease) => closeDueTickets(db, lease, reportBug),
      reportBug,
    }),
    workAlone(db, {
      name: 'snoozing',
      everyMs: endSnoozesEveryMs,
      work: (lease) => endDueSnoozes(db, lease, reportBug),
      reportBug,
    }),
  ]
}

/** What the sockets read from the database. */
function readsOf(db: Db) {
  return {
    resolveResumePoint: (auth) => resolveResumePoint(db, auth),
    sessionById: (sessionId) => sessionById(db, sessionId),
    eventsAfter: (seq, portion) => eventsAfter(db, seq, portion),
    logFloor: () => logFloor(db),
    visibleTickets: (reader, ids) => visibleTickets(db, reader, ids),
    readersOf: (ids) => readersAt(db, ids),
    readLooks: (ticketIds, personIds) => readLooks(db, ticketIds, personIds),
  } satisfies Partial<RealtimeParts>
}

interface FollowerParts {
  email: Omit<EmailParts, 'smtp' | 'publicUrl'>
  push: Pick<PushParts, 'db' | 'key' | 'isConnected'>
  run: (consumer: Consumer) => { stop(): Promise<void> }
}

/** Those that tell people who have no page open, as far as the desk can: by e-mail, and on their devices. */
function startFollowers(
  { email: server, publicUrl, pushContact: contact, reachableNetworks: reachable }: Config,
  { email, push, run }: FollowerParts,
): { stop(): Promise<void> }[] {
  const started: { stop(): Promise<void> }[] = []
  if (server !== undefined && publicUrl !== undefined) {
    const smtp = createSmtp(server)
    const running = run(createEmailConsumer({ ...email, smtp, publicUrl }))
    started.push({ stop: () => running.stop().finally(smtp.close) })
  }
  if (contact !== undefined) started.push(run(pushConsumer({ ...push, contact, reachable })))
  return started
}

/** How soon after it is due a ticket is closed, about. */
const closeEveryMs = 5_000

/** How soon after its time a snooze ends, about. */
const endSnoozesEveryMs = 5_000

/** How long reads under way may take once no one waits for them. */
const answerMs = 1_000

const everywhere = new Set(['0.0.0.0', '::', '127.0.0.1', '::1'])

/** The host to open in a browser on this machine, for a server that listens at `host`. */
function hostToOpen(host: string): string {
  if (everywhere.has(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Signs the cookies of browsers that signed in before, and the links that stop e-mails. All nodes use the same secret. */
async function deviceSecret(db: Db): Promise<Buffer> {
  const { secret } = await db.selectFrom('device_secret').select('secret').executeTakeFirstOrThrow()
  return secret
}
