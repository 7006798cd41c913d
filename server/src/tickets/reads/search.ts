import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff, referredTicket, withPlainMentions } from '@deskbell/contract'
import type { Match, Reader } from '@deskbell/contract'
import { ticketIdsOf, ticketsWith } from '../../access/readers.ts'
import type { Tickets } from '../../access/readers.ts'

/** The typed words; each matches the beginning of a word. At most eight: more would not narrow the result. */
export function searchWords(q: string): string[] {
  const words = q
    .normalize()
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)
  return [...new Set(words)].slice(0, 8)
}

/** The tickets that contain every word somewhere: in the title, the description or a comment that the reader may see. */
export function ticketsFound(reader: Reader, q: string): Tickets {
  const words = searchWords(q)
  const number = referredTicket(q)
  if (words.length === 0) return sql`(select * from tickets where false)`

  const any = anyOf(words)
  const all = sql.join(
    words.map((word) => sql`bool_or(hit.search @@ ${tsquery(prefix(word))})`),
    sql` and `,
  )
  if (!isStaff(reader.role)) return ticketsWith(foundAmongOwn(reader, { any, all, number }))
  return ticketsWith(sql`
    select hit.ticket_id from (
      select ticket_id, search from ticket_texts where search @@ ${any}
      union all
      select ticket_id, search from comments where search @@ ${any}
    ) hit group by hit.ticket_id having ${all}
    ${number === undefined ? sql`` : sql`union all select id from tickets where number = ${number}`}`)
}

interface Wanted {
  any: RawBuilder<unknown>
  all: RawBuilder<unknown>
  number: number | undefined
}

/**
 * Ids of tickets of a reader who is not staff, from the other end: it compares every word of what the reader may see,
 * and reads nothing else. The index of words would be faster, but its time would reveal how often a word occurs in
 * tickets of others. `offset 0` keeps PostgreSQL from using that index.
 */
function foundAmongOwn(reader: Reader, { any, all, number }: Wanted): RawBuilder<string> {
  return sql`
    with own as materialized (
      select o.id, o.number from tickets o where o.id = any(array(${ticketIdsOf(reader.id)}))
    )
    select hit.ticket_id from own cross join lateral (
      select ticket_id, search from ticket_texts where ticket_id = own.id
      union all
      select ticket_id, search from comments where ticket_id = own.id and not internal
      offset 0
    ) hit where hit.search @@ ${any} group by hit.ticket_id having ${all}
    ${number === undefined ? sql`` : sql`union all select id from own where number = ${number}`}`
}

/** SQL for the newest comment of a ticket `found` that contains a word. `offset 0`: as above. */
export function matchingComment(reader: Reader, words: readonly string[]) {
  const visible = isStaff(reader.role) ? sql`` : sql`and not internal`
  return sql<{ id: string; body: string }>`(
    select id, body from (
      select id, body, created_at, search from comments where ticket_id = found.id ${visible} offset 0
    ) said
    where search @@ ${anyOf(words)}
    order by created_at desc limit 1)`
}

function anyOf(words: readonly string[]): RawBuilder<unknown> {
  return tsquery(words.map(prefix).join(' | '))
}

function prefix(word: string): string {
  return `${word}:*`
}

function tsquery(text: string): RawBuilder<unknown> {
  return sql`(select to_tsquery('simple', ${text}))`
}

/** About this many characters of a long text are shown around its first match. */
const excerptLength = 160

/** The text around the first match, in parts that match or do not. Undefined: no word of the text matches. */
export function matchIn(
  place: Match['in'],
  written: string,
  words: readonly string[],
): Match | undefined {
  if (words.length === 0) return undefined
  const text = withPlainMentions(written).normalize()
  const beginnings = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join('|')})[\\p{L}\\p{M}\\p{N}]*`,
    'giu',
  )
  // Not `exec`: it would set `lastIndex`, where `matchAll` would then begin.
  const first = text.search(beginnings)
  if (first < 0) return undefined

  const lead = text.length <= excerptLength ? first : Math.floor(excerptLength / 3)
  const start = characterAt(text, Math.max(0, first - lead))
  const end = characterAt(text, start + excerptLength)
  const excerpt = text.slice(start, end)
  const parts: Match['parts'] = start > 0 ? [{ text: '…', hit: false }] : []
  let at = 0
  for (const found of excerpt.matchAll(beginnings)) {
    if (found.index > at) parts.push({ text: excerpt.slice(at, found.index), hit: false })
    parts.push({ text: found[0], hit: true })
    at = found.index + found[0].length
  }
  if (at < excerpt.length) parts.push({ text: excerpt.slice(at), hit: false })
  if (end < text.length) parts.push({ text: '…', hit: false })
  return { in: place, parts }
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** The emoji of a family of four with skin tones has 25 code units; combining marks can be added without end. */
const longestCharacter = 40

/** The beginning of the visible character that a cut at `at` would split. */
function characterAt(text: string, at: number): number {
  if (at >= text.length) return text.length
  const begin = characters.segment(text).containing(at)?.index ?? at
  if (at - begin <= longestCharacter) return begin
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at
}
