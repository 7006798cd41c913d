import type { EventData, Tag } from '@deskbell/contract'
import type { Resource } from '../cache/resource.ts'
import type { Store } from '../cache/store.ts'

/** A change of the tags by this tab: it says only what it changes, so that it goes with other changes of the same tag. */
export type TagEdit =
  | { made: Tag }
  | { id: string; to: Partial<Pick<Tag, 'name' | 'color' | 'archived' | 'mergedInto'>> }
  | { id: string; deleted: true }

/** All tags that the reader may see, by name. */
export const tags = {
  fetched: 'always',
  async load(api) {
    const { tags: value, seq, tag } = await api.call('tags')
    return { value: inOrder(value), seq, tag }
  },
  fold: (value, event) => (event.name === 'tag:changed' ? withTag(value, event.data) : value),
  view: (value, edits) => byId(edits.reduce(edited, value)),
} satisfies Resource<readonly Tag[], TagEdit>

/** Adds, replaces or removes a tag. Tags that stood for it stand for the tag it was merged into. */
function withTag(tags: readonly Tag[], { tag, deleted }: EventData<'tag:changed'>): readonly Tag[] {
  const { id, mergedInto } = tag
  const others = tags
    .filter((other) => other.id !== id)
    .map((other) =>
      mergedInto !== null && other.mergedInto === id ? { ...other, mergedInto } : other,
    )
  return deleted ? others : inOrder([...others, tag])
}

function edited(tags: readonly Tag[], edit: TagEdit): readonly Tag[] {
  if ('made' in edit) return withTag(tags, { tag: edit.made })
  const tag = tags.find(({ id }) => id === edit.id)
  // Somebody deleted it: the server will refuse the change.
  if (tag === undefined) return tags
  if ('to' in edit) return withTag(tags, { tag: { ...tag, ...edit.to } })
  if (tag.used === false) return withTag(tags, { tag, deleted: true })
  return withTag(tags, { tag: { ...tag, archived: true } })
}

function inOrder(tags: readonly Tag[]): readonly Tag[] {
  return tags.toSorted((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1))
}

/** For every id the tag itself, or the tag it was merged into. */
function byId(tags: readonly Tag[]): ReadonlyMap<string, Tag> {
  const own = new Map(tags.map((tag) => [tag.id, tag]))
  return new Map(tags.map((tag) => [tag.id, own.get(tag.mergedInto ?? tag.id) ?? tag]))
}

/** The id of the tag that a merged tag stands for; the same id for any other. */
export function tagTarget({ values }: Store, id: string): string {
  const all = (values.get('tags')?.value ?? []) as readonly Tag[]
  return all.find((tag) => tag.id === id)?.mergedInto ?? id
}
