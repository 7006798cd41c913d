import type { FastifyInstance } from 'fastify'
import type { DraftKind } from '@deskbell/contract'
import type { PersonActor } from '../access/actor.ts'
import { readDrafts, readEarlierDrafts } from '../tickets/drafts/read-drafts.ts'
import { saveDraft } from '../tickets/drafts/save-draft.ts'
import type { DraftWrite } from '../tickets/drafts/save-draft.ts'
import { defineRoute } from './define-route.ts'
import type { HttpParts } from './http-parts.ts'

export function draftRoutes(app: FastifyInstance, { db, tellDraft }: HttpParts): void {
  /** Stores a draft and tells the person's devices, this one included. */
  async function save(
    actor: PersonActor,
    { id: ticketId, kind }: { id: string; kind: DraftKind },
    write: Pick<DraftWrite, 'body' | 'attachmentIds' | 'rev'>,
  ) {
    const { changed, ...saved } = await saveDraft(db, actor, { ticketId, kind, ...write })
    if (changed) tellDraft(actor.id, { ticketId, kind, rev: saved.rev })
    return saved
  }

  defineRoute(app, 'saveDraft', ({ actor, params, body }) =>
    save(actor, params, { ...body, attachmentIds: body.attachmentIds ?? [] }),
  )
  defineRoute(app, 'discardDraft', async ({ actor, params, query }) => {
    const { rev } = await save(actor, params, { body: '', attachmentIds: [], rev: query.rev })
    return { rev }
  })
  defineRoute(app, 'earlierDrafts', async ({ actor, params }) => ({
    earlier: await readEarlierDrafts(db, actor, params.id, params.kind),
  }))
  defineRoute(app, 'drafts', async ({ actor, query }) => ({
    drafts: await readDrafts(db, actor, query),
  }))
}
