import { z } from 'zod'
import { limits } from './limits.ts'
import { Id } from './people.ts'
import { oneLine } from './text-schemas.ts'
import { tagColors } from './vocabulary.ts'

/** A tag. Tickets refer to it by its id. */
export const Tag = z.strictObject({
  id: Id,
  name: z.string(),
  color: z.enum(tagColors),
  /** Only staff see it, on whichever ticket it is. Fixed when the tag is made. */
  internal: z.boolean(),
  /** It stays on tickets, and cannot be added to more. */
  archived: z.boolean(),
  /**
   * The tag for which it stands since a merge. Never a tag that is merged itself: when that one is merged, this one stands
   * for its target too, without an event of its own.
   */
  mergedInto: Id.nullable(),
  /** A ticket has or had it, or another tag was merged into it: it can be archived, not deleted. Only staff get it. */
  used: z.boolean().optional(),
})

/** The tags of a ticket that were added and removed, by id. */
export const TagChange = z.strictObject({ added: z.array(Id), removed: z.array(Id) })

export const TagName = oneLine('A tag', limits.tagNameLength).refine(
  (name) => !name.includes('"'),
  'A tag has no quotation marks: a search puts its name between them.',
)
export const TagColor = z.enum(tagColors)
