import type { FastifyInstance } from 'fastify'
import { setTags } from '../tickets/changes/set-tags.ts'
import { ticketItem } from '../tickets/reads/read-tickets.ts'
import { createTag } from '../tickets/tags/create-tag.ts'
import { deleteTag } from '../tickets/tags/delete-tag.ts'
import { editTag } from '../tickets/tags/edit-tag.ts'
import { mergeTag } from '../tickets/tags/merge-tag.ts'
import { findTag, readTag, readTags } from '../tickets/tags/tag-rows.ts'
import { defineRoute } from './define-route.ts'
import type { HttpParts } from './http-parts.ts'

export function tagRoutes(app: FastifyInstance, { db }: HttpParts): void {
  defineRoute(app, 'tags', ({ actor }) => readTags(db, actor))
  defineRoute(app, 'createTag', async ({ actor, body, changeRequest }) => {
    const { id } = await createTag(db, changeRequest(), body)
    return readTag(db, actor, id)
  })
  defineRoute(app, 'tag', ({ actor, params }) => readTag(db, actor, params.id))
  defineRoute(app, 'editTag', async ({ actor, params, body, changeRequest }) => {
    const { id } = await editTag(db, changeRequest(), params.id, body)
    return readTag(db, actor, id)
  })
  defineRoute(app, 'deleteTag', async ({ actor, params, changeRequest }) => {
    const { id } = await deleteTag(db, changeRequest(), params.id)
    return findTag(db, actor, id)
  })
  defineRoute(app, 'mergeTag', async ({ actor, params, body, changeRequest }) => {
    const { id } = await mergeTag(db, changeRequest(), params.id, body.into)
    return readTag(db, actor, id)
  })
  defineRoute(app, 'setTags', async ({ actor, params, body, changeRequest }) => {
    const { id } = await setTags(db, changeRequest(), params.id, body)
    return ticketItem(db, actor, id)
  })
}
