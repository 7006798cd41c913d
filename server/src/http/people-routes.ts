import type { FastifyInstance, FastifyRequest } from 'fastify'
import { logPosition } from '../events/log-position.ts'
import { readAccount, readNames, readPeople } from '../people/accounts.ts'
import { editPerson } from '../people/edit-person.ts'
import { endSessionsOf } from '../people/end-sessions.ts'
import { invite } from '../people/invite.ts'
import { issuePasswordLink, withdrawPasswordLink } from '../people/issue-password-link.ts'
import type { IssuedLink } from '../people/links.ts'
import type { HttpParts } from './http-parts.ts'
import { originOf } from './known-host.ts'
import { mount } from './mount.ts'

export function peopleRoutes(app: FastifyInstance, { db, publicUrl }: HttpParts): void {
  function withUrl(request: FastifyRequest, link: IssuedLink | null) {
    if (link === null) return null
    const base = publicUrl ?? originOf(request)
    return { ...link, url: `${base}/invitation/${link.token}` }
  }

  mount(app, 'names', ({ actor }) => readNames(db, actor))
  mount(app, 'people', ({ actor }) => readPeople(db, actor))
  mount(app, 'invite', async ({ actor, body, command, request }) => {
    const { id, invitation } = await invite(db, command(), body)
    return { ...(await readAccount(db, actor, id)), invitation: withUrl(request, invitation) }
  })
  mount(app, 'editPerson', async ({ actor, params, body, command }) => {
    const { id } = await editPerson(db, command(), params.id, body)
    return readAccount(db, actor, id)
  })
  mount(app, 'endSessions', async ({ params, command }) => {
    await endSessionsOf(db, command(), params.id)
    return logPosition(db)
  })
  mount(app, 'issueLink', async ({ actor, params, command, request }) => {
    const { link } = await issuePasswordLink(db, command(), params.id)
    return { ...(await readAccount(db, actor, params.id)), link: withUrl(request, link) }
  })
  mount(app, 'withdrawLink', async ({ actor, params, command }) => {
    await withdrawPasswordLink(db, command(), params.id)
    return readAccount(db, actor, params.id)
  })
}
