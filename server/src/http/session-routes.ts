import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { normalEmail } from '@deskbell/contract'
import type { PersonActor } from '../access/actor.ts'
import { isDatabaseAway } from '../database/is-database-away.ts'
import { DeskError } from '../errors.ts'
import { logPosition } from '../log/log-position.ts'
import { acceptInvitation } from '../people/accept-invitation.ts'
import { readMe } from '../people/accounts.ts'
import { changePassword } from '../people/change-password.ts'
import { confirmSession } from '../people/confirm-session.ts'
import { editMe } from '../people/edit-me.ts'
import {
  dismissFailedSignIns,
  readFailedSignIns,
  recordFailedSignIn,
} from '../people/failed-sign-ins.ts'
import { readLink } from '../people/links.ts'
import { endOtherSessions, endOwnSession, readOwnSessions } from '../people/own-sessions.ts'
import type { Passwords } from '../people/secrets.ts'
import type { NewSession } from '../people/sessions.ts'
import { sessionByToken } from '../people/sessions.ts'
import { hasPeople, setUp } from '../people/set-up.ts'
import { signIn } from '../people/sign-in.ts'
import { signOut } from '../people/sign-out.ts'
import { budgets } from './limits/budgets.ts'
import type { HttpParts } from './http-parts.ts'
import { spend } from './limits/limiter.ts'
import { defineRoute, defineOpenRoute } from './define-route.ts'
import { networkOf, siteOf } from '../network/network-of.ts'

export function sessionRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { db, cookie, device, limiter, throttle, passwordsFor, maxUploadBytes } = parts

  async function readSession(personId: string, expiresAt: string) {
    const [{ me }, failedSignIns] = await Promise.all([
      readMe(db, personId),
      readFailedSignIns(db, personId),
    ])
    return { me, expiresAt, maxUploadBytes, failedSignIns }
  }

  async function begin(request: FastifyRequest, reply: FastifyReply, session: NewSession) {
    const known = await sessionByToken(db, session.token)
    if (known === undefined) throw new DeskError('session.none')
    const answer = await readSession(known.actor.id, session.expiresAt)
    cookie.set(reply, session.token, session.expiresAt)
    device.set(request, reply, normalEmail(answer.me.email))
    return answer
  }

  /**
   * Runs `attempt`, and counts invalid links. Links cannot be guessed, so a wide limit is enough. Valid links are not
   * counted: images on a page of another site can use the limit of a network up, and must not keep its people out. A
   * browser that signed in before has its own count.
   */
  async function countInvalid<T>(request: FastifyRequest, attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt()
    } catch (thrown) {
      if (thrown instanceof DeskError && ['link.invalid', 'setup.done'].includes(thrown.code))
        await spend(limiter, budgets.links, device.anyBrowserOf(request) ?? networkOf(request.ip))
      throw thrown
    }
  }

  /** A valid link is proof enough: its holder does not wait behind strangers. */
  function passwordsForLink(reply: FastifyReply, token: string): Passwords {
    return passwordsFor({ isKnown: true, group: `link ${token}`, gone: whileConnected(reply) })
  }

  function passwordsForSession(reply: FastifyReply, { id }: PersonActor): Passwords {
    const group = `person ${id}`
    return passwordsFor({ isKnown: true, group, gone: whileConnected(reply) })
  }

  defineOpenRoute(app, 'setUp', async ({ body, request, reply }) => {
    const passwords = passwordsForLink(reply, body.token)
    const attempt = () => setUp(db, request.audit, passwords, body)
    return begin(request, reply, await countInvalid(request, attempt))
  })
  defineOpenRoute(app, 'setUpState', async () => ({ done: await hasPeople(db) }))
  defineOpenRoute(app, 'signIn', async ({ body, request, reply }) => {
    const account = normalEmail(body.email)
    const browser = device.browserOf(request, account)
    const queue = passwordsFor({
      isKnown: browser !== undefined,
      // By account: one person can have any number of browsers.
      group: browser === undefined ? siteOf(request.ip) : `account ${account}`,
      gone: whileConnected(reply),
    })
    const passwords = throttle.countRight(queue, account)
    const attempt = () =>
      signIn(db, request.audit, passwords, account, body.password, request.cookies[cookie.name])
    const from = { account, address: request.ip, browser }
    try {
      return await begin(request, reply, await throttle.guardSignIn(from, attempt))
    } catch (thrown) {
      if (thrown instanceof DeskError && thrown.code === 'session.refused') {
        // Not awaited: the time it takes would reveal whether the account exists.
        recordFailedSignIn(db, account, request.ip).catch((failure: unknown) => {
          if (!isDatabaseAway(failure)) parts.reportBug(failure)
        })
      }
      throw thrown
    }
  })
  defineOpenRoute(app, 'invitation', ({ params, request }) =>
    countInvalid(request, () => readLink(db, params.token)),
  )
  defineOpenRoute(app, 'acceptInvitation', async ({ params, body, request, reply }) => {
    const { token } = params
    const passwords = passwordsForLink(reply, token)
    const replaced = request.cookies[cookie.name]
    const attempt = () => acceptInvitation(db, request.audit, passwords, token, body, replaced)
    return begin(request, reply, await countInvalid(request, attempt))
  })

  defineRoute(app, 'signOut', async ({ actor, request, reply }) => {
    await signOut(db, request.audit, actor)
    cookie.clear(reply)
  })
  defineRoute(app, 'session', ({ session }) => readSession(session.actor.id, session.expiresAt))
  defineRoute(app, 'confirmSession', async ({ actor, body, request, reply }) => {
    const passwords = passwordsForSession(reply, actor)
    const renewed = await throttle.guardSession(actor.sessionId, () =>
      confirmSession(db, request.audit, passwords, actor, body.password),
    )
    cookie.set(reply, renewed.token, renewed.expiresAt)
  })
  defineRoute(app, 'me', ({ actor }) => readMe(db, actor.id))
  defineRoute(app, 'editMe', async ({ actor, body, changeRequest }) => {
    await editMe(db, changeRequest(), body)
    return readMe(db, actor.id)
  })
  defineRoute(app, 'changePassword', async ({ actor, body, changeRequest, reply }) => {
    const passwords = passwordsForSession(reply, actor)
    const renewed = await throttle.guardSession(actor.sessionId, () =>
      changePassword(db, passwords, changeRequest(), body),
    )
    if (renewed !== undefined) cookie.set(reply, renewed.token, renewed.expiresAt)
    return logPosition(db)
  })

  defineRoute(app, 'mySessions', ({ actor }) => readOwnSessions(db, actor))
  defineRoute(app, 'endMySession', async ({ actor, params, changeRequest, reply }) => {
    await endOwnSession(db, changeRequest(), params.id)
    if (params.id === actor.sessionId) cookie.clear(reply)
    return logPosition(db)
  })
  defineRoute(app, 'endMyOtherSessions', async ({ changeRequest }) => {
    await endOtherSessions(db, changeRequest())
    return logPosition(db)
  })
  defineRoute(app, 'dismissFailedSignIns', ({ actor, query }) =>
    dismissFailedSignIns(db, actor.id, query.until),
  )
}

/** Aborts when the caller disconnects before it has its reply. */
function whileConnected(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  if (reply.raw.destroyed) gone.abort()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
