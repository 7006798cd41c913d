import type { Tag } from '@deskbell/contract'
import { allTags } from '../../live/use-tags.ts'
import type { Tags } from '../../live/use-tags.ts'

/** The tags to check and uncheck, by name, the `first` before the others. An archived tag can only be unchecked. */
export function tagChoices(
  tags: Tags,
  first: ReadonlySet<string>,
  isChecked: (tag: Tag) => boolean,
): readonly Tag[] {
  const choices = allTags(tags).filter((tag) => !tag.archived || isChecked(tag))
  const isFirst = ({ id }: Tag) => first.has(id)
  return [...choices.filter(isFirst), ...choices.filter((tag) => !isFirst(tag))]
}
