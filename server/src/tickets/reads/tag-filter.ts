import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff, limits, mayManageTags } from '@deskbell/contract'
import type { Reader, TicketFilter } from '@deskbell/contract'
import { ticketsWith } from '../../access/readers.ts'
import type { Tickets } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'

/** SQL for ids of tags, in place of which others may stand, as an array. */
type TagIds = RawBuilder<string[]>

/** What a list asks of the tags of its tickets. */
export interface WantedTags {
  /** A ticket has at least one tag of each. */
  has: readonly TagIds[]
  /** A ticket has none of these. */
  lacks: readonly TagIds[]
}

/** The tags that a filter and a search ask for. A tag that the reader may not see is on no ticket. */
export function wantedTags(
  reader: Reader,
  { tag = [], tagMode = 'any' }: TicketFilter,
  names: readonly string[],
): WantedTags {
  const named = names.map((name) => tagIds(reader, sql`name_key(w.name) = name_key(${name})`))
  if (tag.length === 0) return { has: named, lacks: [] }
  if (tagMode === 'all')
    return { has: [...named, ...tag.map((id) => tagIds(reader, sql`w.id = ${id}`))], lacks: [] }
  const any = tagIds(reader, sql`w.id = any(${[...tag]})`)
  return tagMode === 'any' ? { has: [...named, any], lacks: [] } : { has: named, lacks: [any] }
}

/** The ids of tags `w`, and of those that stand for the same: a merge changes no ticket. */
function tagIds(reader: Reader, isWanted: RawBuilder<unknown>): TagIds {
  const visible = mayManageTags(reader) ? sql`` : sql`and not w.internal`
  return sql`array(
    select a.id from tags w join tags a on coalesce(a.merged_into, a.id) = coalesce(w.merged_into, w.id)
    where ${isWanted} ${visible})`
}

/** SQL for the tickets `t` that have the wanted tags. */
export function tagConditions({ has, lacks }: WantedTags): RawBuilder<boolean>[] {
  return [...has.map(isOn), ...lacks.map((ids) => sql<boolean>`not ${isOn(ids)}`)]
}

/** `offset 0` keeps PostgreSQL from reading all tickets of a tag first. */
function isOn(ids: TagIds): RawBuilder<boolean> {
  return sql`exists (
    select from ticket_tags x where x.ticket_id = t.id and x.tag_id = any(${ids}) offset 0)`
}

/** A tag on more tickets is common: going through the tickets in order finds a page of them sooner. */
const rareUpTo = 3_000

/**
 * The tickets of the rarest wanted tag, to begin with them; undefined when all wanted tags are common. The statement that
 * uses it decides which tickets they are: a change meanwhile costs time only. For staff: others begin with their own
 * tickets, because the time would reveal how many tickets of others have a tag.
 */
export async function ticketsOfRareTag(
  db: Db,
  reader: Reader,
  { has }: WantedTags,
): Promise<Tickets | undefined> {
  if (!isStaff(reader.role) || has.length === 0) return undefined
  const counts = has.map(
    (ids) => sql`(select count(*) from (
      select from ticket_tags where tag_id = any(${ids}) limit ${sql.lit(rareUpTo + 1)}) counted)`,
  )
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join(counts)}]::integer[] as counts`.execute(db)
  const [{ counts: found } = { counts: [] }] = rows
  const fewest = Math.min(...found)
  const rarest = has[found.indexOf(fewest)]
  if (rarest === undefined || fewest > rareUpTo) return undefined
  return ticketsWith(sql`select ticket_id from ticket_tags where tag_id = any(${rarest})`)
}

/** The words of a search, and the tags that it names: `tag:printer`, or `tag:"old printer"`. */
export function parseSearch(q: string): { text: string; tagNames: string[] } {
  const named = /(?<!\S)tag:(?:"([^"]*)"|([^\s"]+))/giu
  const tagNames = [...q.matchAll(named)].map(([, quoted, word]) => quoted ?? word ?? '')
  if (tagNames.length > limits.tagsPerTicket) {
    const q = `A search names at most ${limits.tagsPerTicket} tags: a ticket has no more.`
    throw new DeskError('request.invalid', { fields: { q } })
  }
  return { text: q.replaceAll(named, ' ').trim(), tagNames }
}
