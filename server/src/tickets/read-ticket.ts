import { isStaff } from '@deskbell/contract'
import type { Reader, Reply } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { snapshot } from '../events/log-position.ts'
import { attachmentRows } from './attachment-rows.ts'
import { refOf } from './lock-ticket.ts'
import { itemRows } from './read-tickets.ts'
import { visibleTo } from './ticket-filter.ts'
import { timelineOf } from './timeline.ts'

/** A ticket by id or number, with its history and files, as the reader sees it. */
export function readTicket(db: Db, reader: Reader, ref: string): Promise<Reply<'ticket'>> {
  return snapshot(db, async (tx) => {
    const row = await itemRows(tx, reader)
      .select('t.description')
      .where((eb) => (ref.includes('-') ? eb('t.id', '=', ref) : eb('t.number', '=', Number(ref))))
      .where(visibleTo(reader))
      .executeTakeFirst()
    if (row === undefined) throw new DeskError('not.found')

    const watchers = await tx
      .selectFrom('watchers')
      .innerJoin('people as p', 'p.id', 'watchers.person_id')
      .select(refOf('p').as('person'))
      .where('ticket_id', '=', row.id)
      .orderBy('p.id')
      .execute()
    const attachments = await attachmentRows(tx)
      .where('f.ticket_id', '=', row.id)
      .where('f.draft', '=', false)
      .$if(!isStaff(reader.role), (query) => query.where('f.internal', '=', false))
      .orderBy('f.id')
      .execute()
    return {
      ticket: { ...row, watchers: watchers.map(({ person }) => person) },
      timeline: await timelineOf(tx, reader, row.id),
      attachments,
    }
  })
}
