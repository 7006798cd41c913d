import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { isStaff, limits } from '@deskbell/contract'
import type { DraftKind, EarlierDraft, Reader, SavedDraft } from '@deskbell/contract'
import { visibleTo } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { attachmentRows } from '../reads/attachment-rows.ts'

/**
 * What a person is writing on tickets that they may see now, without notes if they are not staff. Of one ticket also
 * what was sent or discarded lately.
 */
export function readDrafts(
  db: Db,
  reader: Reader,
  only: { ticketId?: string | undefined; kind?: DraftKind } = {},
): Promise<SavedDraft[]> {
  const staff = isStaff(reader.role)
  const { ticketId, kind } = only
  const files = attachmentRows(db)
    .where('f.draft', '=', true)
    .where(
      sql<boolean>`f.ticket_id = d.ticket_id and f.uploader_id = d.person_id and f.id = any(d.attachment_ids)`,
    )
    .where(staff ? sql<boolean>`true` : sql<boolean>`not f.internal`)
    .orderBy(sql`array_position(d.attachment_ids, f.id)`)
  return db
    .selectFrom('drafts as d')
    .innerJoin('tickets as t', 't.id', 'd.ticket_id')
    .select([
      'd.ticket_id as ticketId',
      't.number as ticketNumber',
      'd.kind',
      'd.body',
      jsonArrayFrom(files).as('attachments'),
      'd.rev',
      'd.updated_at as updatedAt',
    ])
    .where('d.person_id', '=', reader.id)
    .where(visibleTo(reader))
    .$if(!staff, (query) => query.where('d.kind', '=', 'reply'))
    .$if(kind !== undefined, (query) => query.where('d.kind', '=', kind ?? 'reply'))
    .where(
      ticketId === undefined
        ? sql<boolean>`(d.body <> '' or d.attachment_ids <> '{}')`
        : sql<boolean>`t.id = ${ticketId}`,
    )
    .orderBy('d.updated_at', 'desc')
    .execute()
}

/** The texts that a person replaced or discarded on a ticket, the newest first. */
export async function readEarlierDrafts(
  db: Db,
  reader: Reader,
  ticketId: string,
  kind: DraftKind,
): Promise<EarlierDraft[]> {
  const ticket = await db
    .selectFrom('tickets as t')
    .select('t.id')
    .where('t.id', '=', ticketId)
    .where(visibleTo(reader))
    .executeTakeFirst()
  if (ticket === undefined || (kind === 'note' && !isStaff(reader.role)))
    throw new DeskError('not.found')
  return db
    .selectFrom('earlier_drafts')
    .select(['id', 'body', 'at'])
    .where('person_id', '=', reader.id)
    .where('ticket_id', '=', ticketId)
    .where('kind', '=', kind)
    .where('at', '>', sql<string>`now() - ${limits.earlierDraftMs} * interval '1 millisecond'`)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}
