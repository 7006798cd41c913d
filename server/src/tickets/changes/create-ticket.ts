import { v7 as uuidv7 } from 'uuid'
import { fields, initialFields, pick } from '@deskbell/contract'
import type { Body, FieldName, Ticket as FullTicket } from '@deskbell/contract'
import { now } from '../../database/now.ts'
import { statement } from '../../database/statement.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { concernsOf } from '../../log/concerns.ts'
import type { PersonActor } from '../../access/actor.ts'
import { actingPerson } from '../../access/actor.ts'
import { participants } from '../../access/readers.ts'
import { refuseMentions } from './refuse-mentions.ts'
import { toRow } from '../ticket.ts'
import type { Ticket } from '../ticket.ts'
import { urgentAlert } from './ticket-event.ts'

export function createTicket(
  db: Db,
  request: ChangeRequest,
  input: Body<'createTicket'>,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const mentioned = await refuseMentions(tx, actor, input.description)
    const ticket = await insertTicket(tx, actor, input)

    const alert = ticket.priority === 'urgent' ? [urgentAlert(ticket, null)] : []
    const created = {
      name: 'ticket:created',
      ticketId: ticket.id,
      data: { ticketId: ticket.id },
      audience: 'participants',
      people: participants(ticket.readers),
      ticket: toFullTicket(ticket, false),
      staffTicket: toFullTicket(ticket, true),
      timeline: { kind: 'created' },
      mentioned,
      notify: concernsOf({
        name: 'ticket:created',
        data: {},
        before: ticket,
        after: ticket,
        mentioned,
      }),
    } as const
    return { result: { id: ticket.id }, events: [created, ...alert] }
  })
}

async function insertTicket(
  tx: Tx,
  actor: PersonActor,
  input: Body<'createTicket'>,
): Promise<Ticket> {
  const { id = uuidv7(), title, description, priority = initialFields.priority } = input
  const [inserted] = await insertedTicket(tx, {
    id,
    title,
    description,
    priority,
    creatorId: actor.id,
  })
  if (inserted === undefined)
    throw new DeskError('request.invalid', { fields: { id: 'This id is taken.' } })

  const { number, status, createdAt } = inserted
  return {
    id,
    number,
    ...initialFields,
    title,
    description,
    status,
    priority,
    creator: actingPerson(actor),
    lastAuthor: actingPerson(actor),
    readers: [{ personId: actor.id, why: 'creator' }],
    watchers: [],
    tags: [],
    commentCount: 0,
    staffCommentCount: 0,
    attachmentCount: 0,
    staffAttachmentCount: 0,
    createdAt,
    // The log sets these when the event is appended.
    updatedAt: createdAt,
    staffUpdatedAt: createdAt,
    version: 0,
    staffVersion: 0,
  }
}

type TicketValues = Pick<Ticket, 'id' | 'title' | 'description' | 'priority'> & {
  creatorId: string
}

const insertedTicket = statement((db, params: TicketValues) =>
  db
    .insertInto('tickets')
    .values({
      id: params.id,
      title: params.title,
      description: params.description,
      priority: params.priority,
      creator_id: params.creatorId,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['number', 'status', 'created_at as createdAt']),
)

function toFullTicket(ticket: Ticket, staff: boolean): FullTicket {
  return {
    ...pick(ticket, Object.keys(fields) as FieldName[]),
    ...toRow(ticket, staff),
    watchers: [...ticket.watchers],
  }
}
