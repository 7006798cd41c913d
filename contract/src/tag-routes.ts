import { z } from 'zod'
import { limits } from './limits.ts'
import type { RouteName } from './paths.ts'
import { GivenId } from './people.ts'
import { at, byId } from './route.ts'
import type { Route } from './route.ts'
import { Tag, TagColor, TagName } from './tags.ts'
import { base, TicketReply } from './ticket-routes.ts'

/** The position has a `tag` of its own. */
const TagReply = z.strictObject({ ...at, item: Tag })
const someTags = z.array(GivenId).max(limits.tagsPerTicket).optional()

/** Calls about tags. */
export const tagRoutes = {
  tags: {
    summary: 'All tags that the reader may see, merged and archived ones too.',
    reply: z.strictObject({ ...at, tags: z.array(Tag) }),
  },
  createTag: {
    summary: 'Make a tag. With `id`, a UUID made by the caller.',
    body: z.strictObject({
      id: GivenId.optional(),
      name: TagName,
      color: TagColor,
      internal: z.boolean(),
    }),
    reply: TagReply,
    creates: ({ item }: z.output<typeof TagReply>) => `/api/tags/${item.id}`,
  },
  tag: { summary: 'A tag that the reader may see.', params: byId, reply: TagReply },
  editTag: {
    summary: 'Rename a tag, give it another colour, or restore it.',
    params: byId,
    body: z.strictObject({
      name: TagName.optional(),
      color: TagColor.optional(),
      archived: z.literal(false).optional(),
    }),
    reply: TagReply,
  },
  deleteTag: {
    summary:
      'Delete a tag that was never used; then `item` is null. Archive any other: it stays on its tickets, and cannot be ' +
      'added to more.',
    params: byId,
    reply: TagReply.extend({ item: Tag.nullable() }),
  },
  mergeTag: {
    summary: 'Let a tag stand for another. Both are internal, or both are public.',
    params: byId,
    body: z.strictObject({ into: GivenId }),
    reply: TagReply,
  },
  setTags: {
    summary:
      'Add tags to a ticket, and remove others. A merged tag counts as the one for which it stands.',
    params: byId,
    body: z.strictObject({ add: someTags, remove: someTags, undoes: base.undoes }),
    reply: TicketReply,
  },
} as const satisfies Partial<Record<RouteName, Route>>
