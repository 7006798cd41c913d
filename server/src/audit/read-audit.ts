import { sql } from 'kysely'
import { limits, mayReadAudit } from '@deskbell/contract'
import type { AuditEntry, Reader } from '@deskbell/contract'
import type { AuditFilter, AuditQuery } from '@deskbell/contract/schemas'
import type { z } from 'zod'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'

type Filter = z.output<typeof AuditFilter>
type Query = z.output<typeof AuditQuery>

interface AuditPage {
  items: AuditEntry[]
  next: number | null
}

/**
 * Reads one page, newest first, by keyset. A limit in bytes also ends a page, because corrections contain long texts.
 */
export async function readAudit(db: Db, reader: Reader, query: Query): Promise<AuditPage> {
  refuseOthers(reader)
  return pageOf(db, query)
}

const rowsAtOnce = 200

/** Reads all entries, newest first, page by page: the memory used does not depend on their number. */
export function readWholeAudit(
  db: Db,
  reader: Reader,
  filter: Filter,
): AsyncGenerator<AuditEntry, void> {
  refuseOthers(reader)
  return entriesOf(db, filter)
}

async function* entriesOf(db: Db, filter: Filter): AsyncGenerator<AuditEntry, void> {
  let after: number | undefined
  do {
    const { items, next }: AuditPage = await pageOf(db, { ...filter, after, limit: rowsAtOnce })
    yield* items
    after = next ?? undefined
  } while (after !== undefined)
}

function refuseOthers(reader: Reader): void {
  if (!mayReadAudit(reader)) throw new DeskError('forbidden')
}

/** Reads up to `limit` entries whose texts fit. The length of a text is known without reading it. */
async function pageOf(db: Db, { limit, ...filter }: Query): Promise<AuditPage> {
  const counted = db
    .selectFrom(nearestEntries(db, { ...filter, limit: limit + 1 }).as('near'))
    .select([
      'near.id',
      sql<number>`row_number() over (order by near.id desc)`.as('place'),
      sql<number>`sum(near.bytes) over (order by near.id desc)`.as('bytes'),
      sql<number>`count(*) over ()`.as('found'),
    ])
  const rows = await entryRows(db)
    .innerJoin(counted.as('page'), 'page.id', 'e.id')
    .select('page.found')
    .where(sql<boolean>`place <= ${limit} and (place = 1 or page.bytes <= ${limits.pageTextBytes})`)
    .orderBy('e.id', 'desc')
    .execute()
  const items = rows.map(({ found: _found, ...entry }) => entry)
  const hasMore = (rows[0]?.found ?? 0) > items.length
  return { items, next: hasMore ? (items.at(-1)?.id ?? null) : null }
}

/** Ids of the newest entries, with the length of their texts. */
function nearestEntries(db: Db, { person, ...query }: Query) {
  return db
    .selectFrom('audit_entries as n')
    .leftJoin('audit_texts as said', 'said.entry_id', 'n.id')
    .select(['n.id', sql<number>`coalesce(octet_length(said.text), 0)`.as('bytes')])
    .$if(person === undefined, (entries) => entries.where('n.id', 'in', newest(db, query)))
    .$if(person !== undefined, (entries) => {
      const by = newest(db, query).where('actor_id', '=', person ?? '')
      const about = newest(db, query).where('subject_id', '=', person ?? '')
      // Each side has its own index. One condition with `or` would sort all entries of both.
      return entries.where(sql<boolean>`n.id in (${by} union ${about})`)
    })
    .orderBy('n.id', 'desc')
    .limit(query.limit)
}

/** Ids of the newest entries. */
function newest(db: Db, { kind, after, limit }: Omit<Query, 'person'>) {
  return db
    .selectFrom('audit_entries')
    .select('id')
    .$if(kind !== undefined, (entries) => entries.where('kind', '=', kind ?? ''))
    .$if(after !== undefined, (entries) => entries.where('id', '<', after ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
}

function entryRows(db: Db) {
  return db
    .selectFrom('audit_entries as e')
    .leftJoin('people as actor', 'actor.id', 'e.actor_id')
    .leftJoin('people as subject', 'subject.id', 'e.subject_id')
    .leftJoin('tickets as t', 't.id', 'e.ticket_id')
    .leftJoin('audit_texts as x', 'x.entry_id', 'e.id')
    .select([
      'e.id',
      'e.at',
      'e.kind',
      'e.via',
      personOf('actor').as('actor'),
      personOf('subject').as('subject'),
      sql<AuditEntry['ticket']>`case when t.id is not null
        then json_build_object('id', t.id, 'number', t.number) end`.as('ticket'),
      'e.comment_id as commentId',
      'e.address',
      'e.device',
      'e.session_id as sessionId',
      'e.details',
      'x.text',
    ])
}

function personOf(alias: string) {
  const person = sql.ref(alias)
  return sql<AuditEntry['actor']>`case when ${person}.id is not null then json_build_object(
    'id', ${person}.id, 'name', ${person}.name, 'staff', ${person}.role <> 'sales',
    'active', ${person}.active, 'color', ${person}.color, 'email', ${person}.email) end`
}
