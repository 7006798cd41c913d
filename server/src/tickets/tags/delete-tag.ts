import { mayManageTags } from '@deskbell/contract'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { lockTag, saveTag } from './edit-tag.ts'
import { tagEvent } from './tag-event.ts'

/** Deletes a tag that was never used, and archives any other: its id is in histories. */
export function deleteTag(db: Db, request: ChangeRequest, id: string): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    if (!mayManageTags(actor)) throw new DeskError('forbidden')
    const tag = await lockTag(tx, id)
    if (tag.mergedInto !== null) throw new DeskError('tag.merged')
    if (tag.used) return saveTag(tx, record, tag, { ...tag, archived: true })

    await tx.deleteFrom('tags').where('id', '=', id).execute()
    await record({ kind: 'tag.deleted', details: { tag: id, name: tag.name } })
    return { result: { id }, events: [tagEvent(tag, { deleted: true })] }
  })
}
