import type { FastifyInstance } from 'fastify'
import { readDeskSettings } from '../settings/desk-settings.ts'
import { editDeskSettings } from '../settings/edit-desk-settings.ts'
import { defineRoute } from './define-route.ts'
import type { HttpParts } from './http-parts.ts'

export function settingsRoutes(app: FastifyInstance, { db }: HttpParts): void {
  defineRoute(app, 'deskSettings', ({ actor }) => readDeskSettings(db, actor))
  defineRoute(app, 'editDeskSettings', async ({ actor, body, changeRequest }) => {
    await editDeskSettings(db, changeRequest(), body)
    return readDeskSettings(db, actor)
  })
}
