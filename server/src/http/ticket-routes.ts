import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Priority } from '@deskbell/contract'
import { wasExecuted } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { logPosition } from '../log/log-position.ts'
import { removeFiles } from '../files/remove-files.ts'
import { addComment } from '../tickets/changes/add-comment.ts'
import { changePriority } from '../tickets/changes/change-priority.ts'
import { changeStatus } from '../tickets/changes/change-status.ts'
import { createTicket } from '../tickets/changes/create-ticket.ts'
import { deleteAttachment } from '../tickets/changes/delete-attachment.ts'
import { deleteComment } from '../tickets/changes/delete-comment.ts'
import { editComment } from '../tickets/changes/edit-comment.ts'
import { editTicket } from '../tickets/changes/edit-ticket.ts'
import { listTickets } from '../tickets/reads/list-tickets.ts'
import { readComment } from '../tickets/reads/read-comment.ts'
import { readFiles } from '../tickets/reads/read-files.ts'
import { readMissed } from '../tickets/reads/read-missed.ts'
import { readNewTicket, readTicket } from '../tickets/reads/read-ticket.ts'
import { countTickets, ticketItem, ticketItemIfVisible } from '../tickets/reads/read-tickets.ts'
import { readTimeline } from '../tickets/reads/read-timeline.ts'
import { unwatch, watch } from '../tickets/changes/watch.ts'
import { budgets } from './limits/budgets.ts'
import type { HttpParts } from './http-parts.ts'
import { spend } from './limits/limiter.ts'
import { defineRoute } from './define-route.ts'

export function ticketRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { db, files, limiter, looks, tellDraft } = parts

  /**
   * Charges the budget of alerts: an urgent ticket alerts everyone. A repeated change has alerted already, and a
   * refused one does not.
   */
  async function withinAlertBudget<M>(
    changeRequest: ChangeRequest,
    priority: Priority | undefined,
    make: () => Promise<M>,
  ): Promise<M> {
    if (priority !== 'urgent' || (await wasExecuted(db, changeRequest))) return make()
    await spend(limiter, budgets.alerts, changeRequest.actor.id)
    try {
      return await make()
    } catch (thrown) {
      await limiter.giveBack(budgets.alerts, changeRequest.actor.id)
      throw thrown
    }
  }

  defineRoute(app, 'tickets', ({ actor, query }) => listTickets(db, actor, query))
  defineRoute(app, 'counters', ({ actor }) => countTickets(db, actor))
  defineRoute(app, 'missed', ({ actor, query }) => readMissed(db, actor, query.since))
  defineRoute(app, 'ticket', ({ actor, params }) => readTicket(db, actor, params.ref))
  defineRoute(app, 'timeline', ({ actor, params, query }) =>
    readTimeline(db, actor, params.ref, query),
  )
  defineRoute(app, 'files', ({ actor, params, query }) => readFiles(db, actor, params.ref, query))

  defineRoute(app, 'createTicket', async ({ actor, body, changeRequest }) => {
    const make = () => createTicket(db, changeRequest(), body)
    const { id } = await withinAlertBudget(changeRequest(), body.priority, make)
    return readNewTicket(db, actor, id)
  })
  defineRoute(app, 'editTicket', async ({ actor, params, body, changeRequest }) => {
    const { id } = await editTicket(db, changeRequest(), params.id, body)
    return ticketItem(db, actor, id)
  })
  defineRoute(app, 'changeStatus', async ({ actor, params, body, changeRequest }) => {
    const { id } = await changeStatus(db, changeRequest(), params.id, body.status, body)
    return ticketItem(db, actor, id)
  })
  defineRoute(app, 'changePriority', async ({ actor, params, body, changeRequest }) => {
    const make = () => changePriority(db, changeRequest(), params.id, body.priority, body)
    const { id } = await withinAlertBudget(changeRequest(), body.priority, make)
    return ticketItem(db, actor, id)
  })
  defineRoute(app, 'markSeen', async ({ actor, params, body, givenKey }) => {
    await looks.mark({ actor, ticketId: params.id, seq: body.seq, commandId: givenKey })
    const { ticket, seq, tag } = await ticketItem(db, actor, params.id)
    return { seen: ticket.seen, seq, tag }
  })
  defineRoute(app, 'watch', async ({ actor, params, changeRequest }) => {
    const { id } = await watch(db, changeRequest(), params.id, params.userId)
    return ticketItem(db, actor, id)
  })
  defineRoute(app, 'unwatch', async ({ actor, params, changeRequest }) => {
    const { id } = await unwatch(db, changeRequest(), params.id, params.userId)
    return ticketItemIfVisible(db, actor, id)
  })

  defineRoute(app, 'addComment', async ({ actor, params, body, changeRequest }) => {
    const { draftRev, ...made } = await addComment(db, changeRequest(), params.id, body)
    const kind = body.internal === true ? 'note' : 'reply'
    if (draftRev !== undefined)
      tellDraft(actor.id, { ticketId: made.ticketId, kind, rev: draftRev })
    return readComment(db, actor, made)
  })
  defineRoute(app, 'comment', ({ actor, params }) => readComment(db, actor, params))
  defineRoute(app, 'editComment', async ({ actor, params, body, changeRequest }) =>
    readComment(db, actor, await editComment(db, changeRequest(), params.id, body.body)),
  )
  /**
   * Removes the contents of deleted files. Their rows are gone, so a failure here is only logged: the sweep finds the
   * contents later.
   */
  async function removeContents(request: FastifyRequest, ids: readonly string[]): Promise<void> {
    await removeFiles(files, ids).catch((bug: unknown) => request.log.error({ err: bug }, 'bug'))
  }

  defineRoute(app, 'deleteComment', async ({ actor, params, changeRequest, request }) => {
    const { fileIds, ...removed } = await deleteComment(db, changeRequest(), params.id)
    await removeContents(request, fileIds)
    return readComment(db, actor, removed)
  })
  defineRoute(app, 'deleteAttachment', async ({ params, changeRequest, request }) => {
    const { id } = await deleteAttachment(db, changeRequest(), params.id)
    await removeContents(request, [id])
    return logPosition(db)
  })
}
