import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Priority } from '@deskbell/contract'
import { wasMade } from '../events/change.ts'
import type { Command } from '../events/change.ts'
import { logPosition } from '../events/log-position.ts'
import { removeFiles } from '../files/remove-files.ts'
import { addComment } from '../tickets/add-comment.ts'
import { changePriority } from '../tickets/change-priority.ts'
import { changeStatus } from '../tickets/change-status.ts'
import { createTicket } from '../tickets/create-ticket.ts'
import { deleteAttachment } from '../tickets/delete-attachment.ts'
import { deleteComment } from '../tickets/delete-comment.ts'
import { editComment } from '../tickets/edit-comment.ts'
import { editTicket } from '../tickets/edit-ticket.ts'
import { listTickets } from '../tickets/list-tickets.ts'
import { markSeen } from '../tickets/mark-seen.ts'
import { readComment } from '../tickets/read-comment.ts'
import { readFiles } from '../tickets/read-files.ts'
import { readNewTicket, readTicket } from '../tickets/read-ticket.ts'
import { countTickets, ticketItem, ticketItemIfVisible } from '../tickets/read-tickets.ts'
import { readTimeline } from '../tickets/read-timeline.ts'
import { unwatch, watch } from '../tickets/watch.ts'
import { budgets } from './budgets.ts'
import type { HttpParts } from './http-parts.ts'
import { spend } from './limiter.ts'
import { mount } from './mount.ts'

export function ticketRoutes(app: FastifyInstance, { db, files, limiter }: HttpParts): void {
  /** Urgent tickets ring at everyone. A change that was made before has rung, and one that is refused does not. */
  async function ringing<M>(
    command: Command,
    priority: Priority | undefined,
    make: () => Promise<M>,
  ): Promise<M> {
    if (priority !== 'urgent' || (await wasMade(db, command))) return make()
    await spend(limiter, budgets.bells, command.actor.id)
    try {
      return await make()
    } catch (thrown) {
      await limiter.giveBack(budgets.bells, command.actor.id)
      throw thrown
    }
  }

  mount(app, 'tickets', ({ actor, query }) => listTickets(db, actor, query))
  mount(app, 'counters', ({ actor }) => countTickets(db, actor))
  mount(app, 'ticket', ({ actor, params }) => readTicket(db, actor, params.ref))
  mount(app, 'timeline', ({ actor, params, query }) => readTimeline(db, actor, params.ref, query))
  mount(app, 'files', ({ actor, params, query }) => readFiles(db, actor, params.ref, query))

  mount(app, 'createTicket', async ({ actor, body, command }) => {
    const make = () => createTicket(db, command(), body)
    const { id } = await ringing(command(), body.priority, make)
    return readNewTicket(db, actor, id)
  })
  mount(app, 'editTicket', async ({ actor, params, body, command }) => {
    const { id } = await editTicket(db, command(), params.id, body)
    return ticketItem(db, actor, id)
  })
  mount(app, 'changeStatus', async ({ actor, params, body, command }) => {
    const { id } = await changeStatus(db, command(), params.id, body.status, body.version)
    return ticketItem(db, actor, id)
  })
  mount(app, 'changePriority', async ({ actor, params, body, command }) => {
    const { priority, version } = body
    const make = () => changePriority(db, command(), params.id, priority, version)
    const { id } = await ringing(command(), priority, make)
    return ticketItem(db, actor, id)
  })
  mount(app, 'markSeen', async ({ actor, params, body, command }) => {
    const { id } = await markSeen(db, command(), params.id, body.seq)
    const { ticket, seq, tag } = await ticketItem(db, actor, id)
    return { seen: ticket.seen, seq, tag }
  })
  mount(app, 'watch', async ({ actor, params, command }) => {
    const { id } = await watch(db, command(), params.id, params.userId)
    return ticketItem(db, actor, id)
  })
  mount(app, 'unwatch', async ({ actor, params, command }) => {
    const { id } = await unwatch(db, command(), params.id, params.userId)
    return ticketItemIfVisible(db, actor, id)
  })

  mount(app, 'addComment', async ({ actor, params, body, command }) =>
    readComment(db, actor, await addComment(db, command(), params.id, body)),
  )
  mount(app, 'editComment', async ({ actor, params, body, command }) =>
    readComment(db, actor, await editComment(db, command(), params.id, body.body)),
  )
  /** The rows are gone: what is left on the disk is for the sweep to find, and no reason to refuse. */
  async function removeContents(request: FastifyRequest, ids: readonly string[]): Promise<void> {
    await removeFiles(files, ids).catch((bug: unknown) => request.log.error({ err: bug }, 'bug'))
  }

  mount(app, 'deleteComment', async ({ actor, params, command, request }) => {
    const { fileIds, ...removed } = await deleteComment(db, command(), params.id)
    await removeContents(request, fileIds)
    return readComment(db, actor, removed)
  })
  mount(app, 'deleteAttachment', async ({ params, command, request }) => {
    const { id } = await deleteAttachment(db, command(), params.id)
    await removeContents(request, [id])
    return logPosition(db)
  })
}
