import { mayManageTags } from '@deskbell/contract'
import type { Body, Tag } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { RecordAudit } from '../../audit/record-audit.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest, Outcome } from '../../log/change.ts'
import { refuseTakenTagName, refuseTooMany } from './create-tag.ts'
import { tagEvent } from './tag-event.ts'
import { lockTags, tagsById } from './tag-rows.ts'

/** Renames a tag, gives it another colour, or restores it. It stays as it is on its tickets. */
export function editTag(
  db: Db,
  request: ChangeRequest,
  id: string,
  { name, color, archived }: Body<'editTag'>,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    if (!mayManageTags(actor)) throw new DeskError('forbidden')
    const tag = await lockTag(tx, id)
    if (tag.mergedInto !== null) throw new DeskError('tag.merged')
    return saveTag(tx, record, tag, {
      name: name ?? tag.name,
      color: color ?? tag.color,
      archived: archived ?? tag.archived,
    })
  })
}

/** Saves what a tag is from now on. The caller holds the tags lock alone. */
export async function saveTag(
  tx: Tx,
  record: RecordAudit,
  tag: Tag,
  { name, color, archived }: Pick<Tag, 'name' | 'color' | 'archived'>,
): Promise<Outcome<{ id: string }>> {
  const { id } = tag
  if (name === tag.name && color === tag.color && archived === tag.archived)
    return { result: { id }, events: [] }
  if (name !== tag.name) await refuseTakenTagName(tx, id, name)
  if (tag.archived && !archived) await refuseTooMany(tx, 'restored')

  await tx.updateTable('tags').set({ name, color, archived }).where('id', '=', id).execute()
  if (name !== tag.name)
    await record({ kind: 'tag.edited', details: { tag: id, from: tag.name, to: name } })
  if (color !== tag.color)
    await record({ kind: 'tag.edited', details: { tag: id, name, from: tag.color, to: color } })
  if (archived !== tag.archived)
    await record({ kind: archived ? 'tag.archived' : 'tag.restored', details: { tag: id, name } })
  return { result: { id }, events: [tagEvent({ ...tag, name, color, archived })] }
}

/** A tag, with the tags lock held alone. */
export async function lockTag(tx: Tx, id: string): Promise<Tag> {
  await lockTags(tx, 'alone')
  const [tag] = await tagsById(tx, [id])
  if (tag === undefined) throw new DeskError('tag.deleted')
  return tag
}
