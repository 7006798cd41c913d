import type { Tag } from '@deskbell/contract'
import type { NewEvent } from '../../log/append-events.ts'
import type { Tx } from '../../database/types.ts'
import { tagEvent } from './tag-event.ts'

/**
 * Marks tags as used, so that they cannot be deleted. Returns an event for each that was not: for staff, because it says
 * that some ticket has the tag. The caller holds the tags lock.
 */
export async function markUsed(tx: Tx, tags: readonly Tag[]): Promise<NewEvent<'tag:changed'>[]> {
  const unused = tags.filter(({ used }) => !used)
  if (unused.length === 0) return []
  await tx
    .updateTable('tags')
    .set({ used: true })
    .where(
      'id',
      'in',
      unused.map(({ id }) => id),
    )
    .execute()
  return unused.map((tag) => ({ ...tagEvent({ ...tag, used: true }), audience: 'staff' }))
}
