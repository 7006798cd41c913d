import type { FastifyInstance } from 'fastify'
import { editNotification } from '../notifications/edit-notification.ts'
import { finishNotifications } from '../notifications/finish-notifications.ts'
import {
  countNotifications,
  readDoneUpTo,
  readNotification,
  readNotifications,
} from '../notifications/read-notifications.ts'
import { defineRoute } from './define-route.ts'
import type { HttpParts } from './http-parts.ts'

export function notificationRoutes(app: FastifyInstance, { db }: HttpParts): void {
  defineRoute(app, 'notifications', ({ actor, query }) => readNotifications(db, actor, query))
  defineRoute(app, 'notificationCount', ({ actor }) => countNotifications(db, actor))
  defineRoute(app, 'editNotification', async ({ actor, params, body, changeRequest }) => {
    const { ticketId } = await editNotification(db, changeRequest(), params.ticketId, body)
    return readNotification(db, actor, ticketId)
  })
  defineRoute(app, 'finishNotifications', async ({ actor, body, changeRequest }) => {
    await finishNotifications(db, changeRequest(), body.upTo)
    return readDoneUpTo(db, actor)
  })
}
