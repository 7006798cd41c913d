import type { FastifyInstance, FastifyRequest } from 'fastify'
import { logPosition } from '../log/log-position.ts'
import { readAccount, readNames, readPeople } from '../people/accounts.ts'
import { editPerson } from '../people/edit-person.ts'
import { endSessionsOf } from '../people/end-sessions.ts'
import { invite } from '../people/invite.ts'
import { issuePasswordLink, withdrawPasswordLink } from '../people/issue-password-link.ts'
import type { IssuedLink } from '../people/links.ts'
import type { HttpParts } from './http-parts.ts'
import { originOf } from '../network/known-host.ts'
import { defineRoute } from './define-route.ts'

export function peopleRoutes(app: FastifyInstance, { db, publicUrl, sendsEmail }: HttpParts): void {
  function withUrl(request: FastifyRequest, link: IssuedLink | null) {
    if (link === null) return null
    const base = publicUrl ?? originOf(request)
    return { ...link, url: `${base}/invitation/${link.token}`, emailed: sendsEmail }
  }

  defineRoute(app, 'names', ({ actor }) => readNames(db, actor))
  defineRoute(app, 'people', ({ actor }) => readPeople(db, actor))
  defineRoute(app, 'invite', async ({ actor, body, changeRequest, request }) => {
    const { id, invitation } = await invite(db, changeRequest(), body)
    return { ...(await readAccount(db, actor, id)), invitation: withUrl(request, invitation) }
  })
  defineRoute(app, 'person', ({ actor, params }) => readAccount(db, actor, params.id))
  defineRoute(app, 'editPerson', async ({ actor, params, body, changeRequest }) => {
    const { id } = await editPerson(db, changeRequest(), params.id, body)
    return readAccount(db, actor, id)
  })
  defineRoute(app, 'endSessions', async ({ params, changeRequest }) => {
    await endSessionsOf(db, changeRequest(), params.id)
    return logPosition(db)
  })
  defineRoute(app, 'issueLink', async ({ actor, params, changeRequest, request }) => {
    const { link } = await issuePasswordLink(db, changeRequest(), params.id)
    return { ...(await readAccount(db, actor, params.id)), link: withUrl(request, link) }
  })
  defineRoute(app, 'withdrawLink', async ({ actor, params, changeRequest }) => {
    await withdrawPasswordLink(db, changeRequest(), params.id)
    return readAccount(db, actor, params.id)
  })
}
