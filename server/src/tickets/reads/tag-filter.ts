import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { mayManageTags } from '@deskbell/contract'
import type { Reader, TicketFilter } from '@deskbell/contract'

/** SQL for the tickets `t` that the tags of a filter keep. A tag that the reader may not see is on no ticket. */
export function tagConditions(
  reader: Reader,
  { tag = [], tagMode = 'any' }: TicketFilter,
): RawBuilder<boolean>[] {
  if (tag.length === 0) return []
  if (tagMode === 'all') return tag.map((id) => hasTag(reader, sql`w.id = ${id}`))
  const hasAny = hasTag(reader, sql`w.id = any(${[...tag]})`)
  return tagMode === 'any' ? [hasAny] : [sql`not ${hasAny}`]
}

/** SQL for the tickets `t` that have a tag of each of these names. */
export function namedTagConditions(
  reader: Reader,
  names: readonly string[],
): RawBuilder<boolean>[] {
  return names.map((name) => hasTag(reader, sql`name_key(w.name) = name_key(${name})`))
}

/** The ticket has a tag `w`, or one that stands for the same: a merge changes no ticket. */
function hasTag(reader: Reader, isWanted: RawBuilder<unknown>): RawBuilder<boolean> {
  const visible = mayManageTags(reader) ? sql`` : sql`and not w.internal`
  return sql`exists (
    select from ticket_tags x where x.ticket_id = t.id and x.tag_id = any(array(
      select a.id from tags w join tags a on coalesce(a.merged_into, a.id) = coalesce(w.merged_into, w.id)
      where ${isWanted} ${visible})))`
}

/** At most as many: more would not narrow the result. */
const mostNames = 8

/** The words of a search, and the tags that it names: `tag:printer`, or `tag:"old printer"`. */
export function parseSearch(q: string): { text: string; tagNames: string[] } {
  const named = /(?<!\S)tag:(?:"([^"]*)"|([^\s"]+))/giu
  const tagNames = [...q.matchAll(named)].map(([, quoted, word]) => quoted ?? word ?? '')
  return { text: q.replaceAll(named, ' ').trim(), tagNames: tagNames.slice(0, mostNames) }
}
