import type { FastifyInstance } from 'fastify'
import { DeskError } from '../errors.ts'
import { deletePushSubscription, savePushSubscription } from '../push/push-subscriptions.ts'
import { defineRoute } from './define-route.ts'
import type { HttpParts } from './http-parts.ts'

export function pushRoutes(app: FastifyInstance, { db, pushKey }: HttpParts): void {
  defineRoute(app, 'pushKey', async () => ({ key: pushKey }))
  defineRoute(app, 'savePushSubscription', async ({ actor, body }) => {
    const { keys, ...subscription } = body
    if (subscription.key !== pushKey) throw new DeskError('push.otherKey')
    await savePushSubscription(db, actor.sessionId, { ...keys, ...subscription })
  })
  defineRoute(app, 'deletePushSubscription', ({ actor }) =>
    deletePushSubscription(db, actor.sessionId),
  )
}
