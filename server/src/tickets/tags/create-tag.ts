import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { limits, mayManageTags } from '@deskbell/contract'
import type { Body, Tag } from '@deskbell/contract'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { tagEvent } from './tag-event.ts'
import { lockTags } from './tag-rows.ts'

export function createTag(
  db: Db,
  request: ChangeRequest,
  { id = uuidv7(), name, color, internal }: Body<'createTag'>,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor, record) => {
    if (!mayManageTags(actor)) throw new DeskError('forbidden')
    await lockTags(tx, 'alone')
    await refuseTooMany(tx, 'made')
    await refuseTakenTagName(tx, id, name)

    const inserted = await tx
      .insertInto('tags')
      .values({ id, name, color, internal })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted === undefined)
      throw new DeskError('request.invalid', { fields: { id: 'This id is taken.' } })
    await record({ kind: 'tag.created', details: { tag: id, name, internal } })
    const tag: Tag = { id, name, color, internal, archived: false, mergedInto: null, used: false }
    return { result: { id }, events: [tagEvent(tag)] }
  })
}

/** Refuses one more tag that is neither archived nor merged. The caller holds the tags lock alone. */
export async function refuseTooMany(tx: Tx, how: 'made' | 'restored'): Promise<void> {
  const { all, used } = await tx
    .selectFrom('tags')
    .select([
      sql<number>`count(*)`.as('all'),
      sql<number>`count(*) filter (where not archived and merged_into is null)`.as('used'),
    ])
    .executeTakeFirstOrThrow()
  if (used >= limits.tags) throw new DeskError('tag.tooMany')
  if (how === 'made' && all >= limits.tagsEver) throw new DeskError('tag.tooManyEver')
}

/** Refuses a name that another tag has. The caller holds the tags lock alone. */
export async function refuseTakenTagName(tx: Tx, id: string, name: string): Promise<void> {
  const taken = await tx
    .selectFrom('tags')
    .select('id')
    .where(sql<boolean>`name_key(name) = name_key(${name})`)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (taken !== undefined) throw new DeskError('tag.nameTaken')
}
