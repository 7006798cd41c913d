import type { Tag } from '@deskbell/contract'
import { useMemo } from 'react'
import { useDeskState } from './use-desk-state.ts'

export type Tags = ReadonlyMap<string, Tag>

const none: Tags = new Map()

/** All tags that this person may see, by id. The id of a merged tag has the tag it was merged into. */
export function useTags(): Tags {
  return useDeskState((state) => state.tags) ?? none
}

/** The tags with these ids, each once. */
export function useTagsOf(ids: readonly string[]): readonly Tag[] {
  const tags = useTags()
  return useMemo(() => tagsOf(tags, ids), [tags, ids])
}

/** The tags that tickets can get, by name. */
export function useTagChoices(): readonly Tag[] {
  const tags = useTags()
  return useMemo(() => allTags(tags).filter(({ archived }) => !archived), [tags])
}

/** Every tag that is not merged into another, by name. */
export function allTags(tags: Tags): readonly Tag[] {
  return [...tags].flatMap(([id, tag]) => (id === tag.id ? [tag] : []))
}

export function tagsOf(tags: Tags, ids: readonly string[]): readonly Tag[] {
  return [...new Set(ids.flatMap((id) => tags.get(id) ?? []))]
}
