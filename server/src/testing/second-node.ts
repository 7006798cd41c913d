import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import type { Db } from '../database/types.ts'
import { followLog } from '../log/follow-log.ts'
import type { LogFollower } from '../log/follow-log.ts'
import { eventsAfter } from '../log/logged-event.ts'
import { logFloor } from '../log/log-position.ts'
import { resolveResumePoint } from '../log/resolve-resume-point.ts'
import { readersAt, visibleTickets } from '../access/readers.ts'
import { trustedProxies } from '../network/trusted-proxies.ts'
import { sessionById } from '../people/sessions.ts'
import { createNoiseLog } from '../noise-log.ts'
import { readLooks } from '../tickets/reads/looks.ts'
import { followDeskSettings } from '../settings/follow-desk-settings.ts'
import { createHandshake } from '../realtime/handshake.ts'
import type { Handshake } from '../realtime/handshake.ts'
import { serveSockets } from '../realtime/realtime.ts'
import type { Realtime, RealtimeParts } from '../realtime/realtime.ts'
import { watchExpiry } from '../realtime/watch-expiry.ts'

/** Another node on the same database, which serves only sockets and shows its parts to a test. */
export interface SecondNode extends Realtime {
  url: string
  follower: LogFollower
  bugs: unknown[]
  [Symbol.asyncDispose](): Promise<void>
}

interface SecondNodeOptions extends Partial<RealtimeParts> {
  follow?: { pollEveryMs?: number; staleAfterMs?: number }
  wrap?: (handshake: Handshake) => Handshake
}

export async function startSecondNode(
  db: Db,
  { follow, wrap = (handshake) => handshake, ...parts }: SecondNodeOptions = {},
): Promise<SecondNode> {
  const bugs: unknown[] = []
  const reportBug = (bug: unknown) => void bugs.push(bug)
  const follower = await followLog(db, { reportBug, ...follow })
  const http = createServer()
  const log = pino({ level: 'silent' })
  const handshake = createHandshake({
    db,
    cookieName: 'deskbell',
    rule: { publicUrl: undefined, frontendUrl: undefined },
    trust: trustedProxies('loopback'),
    isHealthy: follower.isHealthy,
    log,
    noise: createNoiseLog(log),
  })
  const realtime = serveSockets({
    http,
    handshake: wrap(handshake),
    frontendUrl: undefined,
    follower,
    resolveResumePoint: (auth) => resolveResumePoint(db, auth),
    sessionById: (sessionId) => sessionById(db, sessionId),
    eventsAfter: (seq, portion) => eventsAfter(db, seq, portion),
    logFloor: () => logFloor(db),
    visibleTickets: (reader, ids) => visibleTickets(db, reader, ids),
    readersOf: (ids) => readersAt(db, ids),
    readLooks: (ticketIds, personIds) => readLooks(db, ticketIds, personIds),
    deskSettings: await followDeskSettings(db, follower),
    watchExpiry: (socket, session) => watchExpiry(db, socket, session, reportBug),
    sent: () => undefined,
    reportBug,
    ...parts,
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    ...realtime,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    follower,
    bugs,
    async [Symbol.asyncDispose]() {
      await realtime.close()
      await follower.stop()
    },
  }
}
