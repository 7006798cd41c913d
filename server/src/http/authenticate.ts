import type { FastifyInstance, FastifyRequest } from 'fastify'
import { personHeader } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { sessionByToken, slideSession } from '../people/sessions.ts'
import { budgets } from './limits/budgets.ts'
import { mayWriteAt, unknownHost } from '../network/known-host.ts'
import { spend } from './limits/limiter.ts'
import type { Budget, Limiter } from './limits/limiter.ts'
import type { OriginRule } from '../network/origin.ts'
import { isOwnOrigin } from '../network/origin.ts'
import type { SessionCookie } from './session-cookie.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The budgets of bytes, by those of calls. */
const textBudgets: Partial<Record<keyof typeof budgets, Budget>> = {
  changes: budgets.text,
  drafts: budgets.draftText,
}

interface Parts {
  db: Db
  cookie: SessionCookie
  limiter: Limiter
  rule: OriginRule
}

/** Checks the origin, the session and the budgets of a call: all but that of its text before its body is read. */
export function authenticate(app: FastifyInstance, { db, cookie, limiter, rule }: Parts): void {
  app.decorateRequest('session', null)

  app.addHook('onRequest', async (request, reply) => {
    if (!safeMethods.has(request.method)) {
      const { headers, protocol } = request
      if (!isOwnOrigin(rule, headers)) throw new DeskError('request.origin')
      if (!mayWriteAt(rule, headers.host)) throw unknownHost(headers.host, protocol)
    }
    const { open, budget } = request.routeOptions.config
    if (open === undefined || open) return

    const token = request.cookies[cookie.name]
    const session = token === undefined ? undefined : await sessionByToken(db, token)
    if (token === undefined || session === undefined) throw new DeskError('session.none')
    // All tabs share the cookie: another person may have signed in in another tab.
    const believed = request.headers[personHeader]
    if (believed !== undefined && String(believed).toLowerCase() !== session.actor.id) {
      throw new DeskError('session.other')
    }
    if (budget !== undefined) await spend(limiter, budgets[budget], session.actor.id)
    if (isSearch(request)) await spend(limiter, budgets.searches, session.actor.id)
    const expiresAt = await slideSession(db, session, request.audit)
    if (expiresAt !== session.expiresAt) cookie.set(reply, token, expiresAt)
    request.session = { ...session, expiresAt }
  })

  app.addHook('preHandler', async ({ session, body, routeOptions }) => {
    const ofText = textBudgets[routeOptions.config.budget ?? 'reads']
    if (session === null || body === undefined || ofText === undefined) return
    await spend(limiter, ofText, session.actor.id, Buffer.byteLength(JSON.stringify(body)))
  })
}

function isSearch({ query }: FastifyRequest): boolean {
  return typeof query === 'object' && query !== null && 'q' in query && query.q !== ''
}
