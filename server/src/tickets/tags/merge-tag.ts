import { mayManageTags } from '@deskbell/contract'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { lockTag } from './edit-tag.ts'
import { tagEvent } from './tag-event.ts'
import { markUsed } from './mark-used.ts'
import { tagsById } from './tag-rows.ts'

/**
 * Lets a tag stand for another from now on, and with it the tags that stood for it. Tickets keep the ids that they have:
 * readers resolve them.
 */
export function mergeTag(
  db: Db,
  request: ChangeRequest,
  id: string,
  intoId: string,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    if (!mayManageTags(actor)) throw new DeskError('forbidden')
    const tag = await lockTag(tx, id)
    const [named] = await tagsById(tx, [intoId])
    if (named === undefined) throw new DeskError('tag.deleted')
    const [into = named] = named.mergedInto === null ? [] : await tagsById(tx, [named.mergedInto])
    if (tag.mergedInto === into.id) return { result: { id }, events: [] }
    if (tag.mergedInto !== null) throw new DeskError('tag.merged')
    if (into.id === id) throw new DeskError('tag.cycle')
    if (into.archived) throw new DeskError('tag.archived')
    if (into.internal !== tag.internal) throw new DeskError('tag.mixed')

    await tx
      .updateTable('tags')
      .set({ merged_into: into.id })
      .where((where) => where.or([where('id', '=', id), where('merged_into', '=', id)]))
      .execute()
    await record({ kind: 'tag.merged', details: { tag: id, from: tag.name, to: into.name } })
    const events = [tagEvent({ ...tag, mergedInto: into.id }), ...(await markUsed(tx, [into]))]
    return { result: { id }, events }
  })
}
