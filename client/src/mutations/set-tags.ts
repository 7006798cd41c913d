import type { Core } from '../core.ts'
import type { Base } from '../outbox/entry.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { tagTarget } from '../resources/tags.ts'
import type { MutationQueue } from './mutation-queue.ts'
import { rowWith } from './pending-mutation.ts'

export interface TagChange {
  add?: readonly string[]
  remove?: readonly string[]
}

/** Adds tags to a ticket and removes others. */
export async function setTags(
  { store }: Core,
  queue: MutationQueue,
  outbox: Outbox,
  ticketId: string,
  { add = [], remove = [] }: TagChange,
  { key, ...base }: Pick<Base, 'undoes'> & { key: string },
): Promise<void> {
  const row = store.rows.get(ticketId)?.row
  // As shown: a tag that is still being added can be removed.
  const shown = row === undefined ? [] : rowWith(row, queue.of(ticketId)).tags
  const gone = new Set(remove.map((tag) => tagTarget(store, tag)))
  const hidden = shown.filter((tag) => gone.has(tagTarget(store, tag)))
  await outbox.execute({
    id: key,
    ticketId,
    change: { kind: 'setTags', add, remove, hidden, base },
  })
}
