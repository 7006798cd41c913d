import type { Tag } from '@deskbell/contract'
import type { NewEvent } from '../../log/append-events.ts'

/** A tag is as it says from now on. Everyone may see a public tag, staff an internal one. */
export function tagEvent(tag: Tag): NewEvent<'tag:changed'> {
  return {
    name: 'tag:changed',
    data: { tag },
    audience: tag.internal ? 'staff' : 'everyone',
    people: [],
  }
}
