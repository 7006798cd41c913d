import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { isStaff } from '@deskbell/contract'
import type { Match, Reader } from '@deskbell/contract'

/** What someone typed, as words to be found, each the beginning of a word. At most eight: more narrow nothing down. */
export function searchWords(q: string): string[] {
  const words = q
    .normalize()
    .toLowerCase()
    .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)
  return [...new Set(words)].slice(0, 8)
}

/** Tickets that have every word somewhere: in the title, the description or a comment the reader may see. */
export function searchCondition(reader: Reader, q: string): RawBuilder<boolean> {
  const words = searchWords(q)
  const number = /^#?([0-9]{1,9})$/.exec(q.trim())?.[1]
  if (words.length === 0) return sql`false`

  const any = anyOf(words)
  const all = sql.join(
    words.map((word) => sql`bool_or(hit.search @@ ${tsquery(prefix(word))})`),
    sql` and `,
  )
  if (!isStaff(reader.role)) return foundAmongOwn(reader, { any, all, number })
  // An array: with `in`, PostgreSQL walks through all tickets and asks of each whether it was found.
  return sql`t.id = any(array(
    select hit.ticket_id from (
      select ticket_id, search from ticket_texts where search @@ ${any}
      union all
      select ticket_id, search from comments where search @@ ${any}
    ) hit group by hit.ticket_id having ${all}
    ${number === undefined ? sql`` : sql`union all select id from tickets where number = ${Number(number)}`}))`
}

interface Wanted {
  any: RawBuilder<unknown>
  all: RawBuilder<unknown>
  number: string | undefined
}

/**
 * The same for those who are not staff, from the other end: every word of what they may see is compared, and nothing
 * else is read. The index of words would be quicker, and its time would tell how often a word is in what is not theirs.
 * `offset 0` keeps PostgreSQL from going by that index after all.
 */
function foundAmongOwn(reader: Reader, { any, all, number }: Wanted): RawBuilder<boolean> {
  return sql`t.id = any(array(
    with own as materialized (
      select id, number from tickets where creator_id = ${reader.id}
      union
      select o.id, o.number from watchers w join tickets o on o.id = w.ticket_id where w.person_id = ${reader.id}
    )
    select hit.ticket_id from own cross join lateral (
      select ticket_id, search from ticket_texts where ticket_id = own.id
      union all
      select ticket_id, search from comments where ticket_id = own.id and not internal
      offset 0
    ) hit where hit.search @@ ${any} group by hit.ticket_id having ${all}
    ${number === undefined ? sql`` : sql`union all select id from own where number = ${Number(number)}`}))`
}

/** SQL for the newest comment of a ticket `found` in which a word was found. `offset 0`: as above. */
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

/** About this much of a long text is shown around its first match. */
const excerptLength = 160

/** The text around the first match, cut into what matched and what did not; nothing when no word begins in it. */
export function matchIn(
  place: Match['in'],
  written: string,
  words: readonly string[],
): Match | undefined {
  if (words.length === 0) return undefined
  const text = written.normalize()
  const beginnings = new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join('|')})[\\p{L}\\p{M}\\p{N}]*`,
    'giu',
  )
  // Not exec: it would leave its place in the expression, and matchAll would go on from there.
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
/** A family of four with skin tones has 25; marks can be piled up without end. */
const longestCharacter = 40

/** Where the character begins that a cut here would go through, as people see characters. */
function characterAt(text: string, at: number): number {
  if (at >= text.length) return text.length
  const begin = characters.segment(text).containing(at)?.index ?? at
  if (at - begin <= longestCharacter) return begin
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at
}
