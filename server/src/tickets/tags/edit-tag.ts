import { mayManageTags } from '@deskbell/contract'
import type { Tag } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { refuseTakenTagName } from './create-tag.ts'
import { tagEvent } from './tag-event.ts'
import { lockTags, tagsById } from './tag-rows.ts'

/** Renames, colours, archives or restores a tag. It stays as it is on its tickets. */
export function editTag(
  db: Db,
  request: ChangeRequest,
  id: string,
  edit: { [K in 'name' | 'color' | 'archived']?: Tag[K] | undefined },
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    if (!mayManageTags(actor)) throw new DeskError('forbidden')
    const tag = await lockTag(tx, id)
    if (tag.mergedInto !== null) throw new DeskError('tag.merged')
    const { name = tag.name, color = tag.color, archived = tag.archived } = edit
    const names = ['name', 'color'] as const
    const edited: Tag = { ...tag, name, color, archived }
    const fields = names.filter((field) => edited[field] !== tag[field])
    if (fields.length === 0 && archived === tag.archived) return { result: { id }, events: [] }
    if (name !== tag.name) await refuseTakenTagName(tx, id, name)

    await tx.updateTable('tags').set({ name, color, archived }).where('id', '=', id).execute()
    if (fields.length > 0)
      await record({ kind: 'tag.edited', details: { tag: id, fields: fields.join(', ') } })
    if (archived !== tag.archived)
      await record({ kind: archived ? 'tag.archived' : 'tag.restored', details: { tag: id } })
    return { result: { id }, events: [tagEvent(edited)] }
  })
}

/** A tag, with the tags lock held alone. */
export async function lockTag(tx: Tx, id: string): Promise<Tag> {
  await lockTags(tx, 'alone')
  const [tag] = await tagsById(tx, [id])
  if (tag === undefined) throw new DeskError('not.found')
  return tag
}
