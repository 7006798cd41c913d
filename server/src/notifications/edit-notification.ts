import { limits } from '@deskbell/contract'
import type { Body, Notification } from '@deskbell/contract'
import { readClock } from '../database/now.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { lockTicket } from '../tickets/changes/lock-ticket.ts'

type Edit = Body<'editNotification'>

/**
 * What a person does with a notification of their own. The ticket's lock keeps others from making or removing it; the log
 * writes it, because looks come without this lock.
 */
export function editNotification(
  db: Db,
  request: ChangeRequest,
  ticketId: string,
  input: Edit,
): Promise<{ ticketId: string }> {
  return change(db, request, async (tx, actor) => {
    await lockTicket(tx, actor, ticketId)
    const before = await tx
      .selectFrom('inbox')
      .select(['notification', 'done_up_to'])
      .where('person_id', '=', actor.id)
      .where('ticket_id', '=', ticketId)
      .executeTakeFirst()
    if (before === undefined) throw new DeskError('not.found')
    if (typeof input.snoozedUntil === 'string') await refuseSnooze(tx, input.snoozedUntil)
    const edit = changesOf(before.notification, before.done_up_to, input)
    if (Object.keys(edit).length === 0) return { result: { ticketId }, events: [] }

    const event = {
      name: 'notification:changed',
      ticketId,
      data: { ticketId, ...edit },
      audience: 'people',
      people: [actor.id],
    } as const
    return { result: { ticketId }, events: [event] }
  })
}

async function refuseSnooze(tx: Tx, until: string): Promise<void> {
  const inMs = Date.parse(until) - (await readClock(tx))
  if (inMs > 0 && inMs <= limits.snoozeMs) return
  throw new DeskError('request.invalid', {
    fields: { snoozedUntil: 'Choose a time to come, within a year.' },
  })
}

/** The parts of an edit that change something. */
function changesOf(before: Notification, doneUpTo: number, edit: Edit): Edit {
  const isSame: Record<keyof Edit, boolean> = {
    doneUpTo: edit.doneUpTo === doneUpTo,
    unread: edit.unread === before.unread.length > 0,
    snoozedUntil: edit.snoozedUntil === before.snoozedUntil,
    muted: edit.muted === before.muted,
  }
  return Object.fromEntries(
    Object.entries(edit).filter(([name, to]) => to !== undefined && !isSame[name as keyof Edit]),
  )
}
