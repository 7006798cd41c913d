import { v7 as uuidv7 } from 'uuid'
import type { Body, Ticket as FullTicket } from '@deskbell/contract'
import { now } from '../database/now.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../events/change.ts'
import type { Command } from '../events/change.ts'
import { ticketById } from './lock-ticket.ts'
import { participants, toRow } from './ticket.ts'
import type { Ticket } from './ticket.ts'
import { urgentBell } from './ticket-event.ts'

export function createTicket(
  db: Db,
  command: Command,
  input: Body<'createTicket'>,
): Promise<{ id: string }> {
  return change(db, command, async (tx, actor) => {
    const ticket = await insertTicket(tx, actor.id, input)

    const bell = ticket.priority === 'urgent' ? [urgentBell(ticket, null)] : []
    const created = {
      name: 'ticket:created',
      ticketId: ticket.id,
      data: { ticketId: ticket.id },
      audience: 'participants',
      people: participants(ticket),
      ticket: toFullTicket(ticket, false),
      staffTicket: toFullTicket(ticket, true),
      timeline: { kind: 'created' },
    } as const
    return { made: { id: ticket.id }, events: [created, ...bell] }
  })
}

async function insertTicket(
  tx: Tx,
  creatorId: string,
  input: Body<'createTicket'>,
): Promise<Ticket> {
  const id = input.id ?? uuidv7()
  const inserted = await tx
    .insertInto('tickets')
    .values({
      id,
      title: input.title,
      description: input.description,
      priority: input.priority ?? 'medium',
      creator_id: creatorId,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined)
    throw new DeskError('request.invalid', { fields: { id: 'This id is taken.' } })

  const ticket = await ticketById(tx, id)
  if (ticket === undefined) throw new Error('a ticket just inserted is there')
  return ticket
}

function toFullTicket(ticket: Ticket, staff: boolean): FullTicket {
  return {
    ...toRow(ticket, staff),
    description: ticket.description,
    watchers: [...ticket.watchers],
  }
}
