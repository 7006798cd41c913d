import type { FastifyInstance, FastifyReply } from 'fastify'
import { normalEmail } from '@deskbell/contract'
import { acceptInvitation } from '../people/accept-invitation.ts'
import { readMe } from '../people/accounts.ts'
import { changePassword } from '../people/change-password.ts'
import { confirmSession } from '../people/confirm-session.ts'
import { editMe } from '../people/edit-me.ts'
import { readLink } from '../people/links.ts'
import { endOtherSessions, endOwnSession, readOwnSessions } from '../people/own-sessions.ts'
import type { NewSession } from '../people/sessions.ts'
import { sessionByToken } from '../people/sessions.ts'
import { hasPeople, setUp } from '../people/set-up.ts'
import { signIn } from '../people/sign-in.ts'
import { signOut } from '../people/sign-out.ts'
import { DeskError } from '../errors.ts'
import { logPosition } from '../events/log-position.ts'
import type { HttpParts } from './http-parts.ts'
import { mount, mountOpen } from './mount.ts'

export function sessionRoutes(
  app: FastifyInstance,
  { db, cookie, throttle, maxUploadBytes }: HttpParts,
): void {
  async function begin(reply: FastifyReply, session: NewSession) {
    cookie.set(reply, session.token, session.expiresAt)
    const known = await sessionByToken(db, session.token)
    if (known === undefined) throw new DeskError('session.none')
    const { me } = await readMe(db, known.actor.id)
    return { me, expiresAt: session.expiresAt, maxUploadBytes }
  }

  mountOpen(app, 'setUp', async ({ body, request, reply }) =>
    begin(reply, await throttle.guard('setup', request.ip, () => setUp(db, request.audit, body))),
  )
  mountOpen(app, 'setUpState', async () => ({ done: await hasPeople(db) }))
  mountOpen(app, 'signIn', async ({ body, request, reply }) =>
    begin(
      reply,
      await throttle.guard(normalEmail(body.email), request.ip, () =>
        signIn(db, request.audit, body.email, body.password, request.cookies[cookie.name]),
      ),
    ),
  )
  mountOpen(app, 'invitation', ({ params, request }) =>
    throttle.guard(params.token, request.ip, () => readLink(db, params.token)),
  )
  mountOpen(app, 'acceptInvitation', async ({ params, body, request, reply }) =>
    begin(
      reply,
      await throttle.guard(params.token, request.ip, () =>
        acceptInvitation(db, request.audit, params.token, body, request.cookies[cookie.name]),
      ),
    ),
  )

  mount(app, 'signOut', async ({ actor, request, reply }) => {
    await signOut(db, request.audit, actor)
    cookie.clear(reply)
  })
  mount(app, 'session', async ({ session }) => {
    const { me } = await readMe(db, session.actor.id)
    return { me, expiresAt: session.expiresAt, maxUploadBytes }
  })
  mount(app, 'confirmSession', async ({ actor, body, request, reply }) => {
    const renewed = await throttle.guard(actor.id, request.ip, () =>
      confirmSession(db, request.audit, actor, body.password),
    )
    cookie.set(reply, renewed.token, renewed.expiresAt)
  })
  mount(app, 'me', ({ actor }) => readMe(db, actor.id))
  mount(app, 'editMe', async ({ actor, body, command }) => {
    await editMe(db, command(), body)
    return readMe(db, actor.id)
  })
  mount(app, 'changePassword', async ({ actor, body, command, request, reply }) => {
    const renewed = await throttle.guard(actor.id, request.ip, () =>
      changePassword(db, command(), body),
    )
    if (renewed !== undefined) cookie.set(reply, renewed.token, renewed.expiresAt)
    return logPosition(db)
  })

  mount(app, 'mySessions', ({ actor }) => readOwnSessions(db, actor))
  mount(app, 'endMySession', async ({ actor, params, command, reply }) => {
    await endOwnSession(db, command(), params.id)
    if (params.id === actor.sessionId) cookie.clear(reply)
    return logPosition(db)
  })
  mount(app, 'endMyOtherSessions', async ({ command }) => {
    await endOtherSessions(db, command())
    return logPosition(db)
  })
}
