import type { Db } from '../database/types.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'

/**
 * Everything up to an event is done for the person. One number says so, whatever the number of notifications, and an
 * earlier number takes it back.
 */
export async function finishNotifications(
  db: Db,
  request: ChangeRequest,
  upTo: number,
): Promise<void> {
  await change(db, request, async (tx, actor) => {
    const before = await tx
      .selectFrom('inboxes')
      .select('done_up_to')
      .where('person_id', '=', actor.id)
      .executeTakeFirst()
    if (upTo === (before?.done_up_to ?? 0)) return { result: {}, events: [] }

    const event = {
      name: 'notification:changed',
      data: { doneUpTo: upTo },
      audience: 'people',
      people: [actor.id],
    } as const
    return { result: {}, events: [event] }
  })
}
