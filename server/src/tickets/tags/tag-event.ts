import type { Tag } from '@deskbell/contract'
import type { NewEvent } from '../../log/append-events.ts'

/** A tag is as it says from now on, or is deleted. Everyone may see a public tag, staff an internal one. */
export function tagEvent(tag: Tag, deleted?: { deleted: true }): NewEvent<'tag:changed'> {
  return {
    name: 'tag:changed',
    data: { tag, ...deleted },
    audience: tag.internal ? 'staff' : 'everyone',
    people: [],
  }
}
