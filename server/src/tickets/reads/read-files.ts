import { isStaff } from '@deskbell/contract'
import type { Reader, Reply } from '@deskbell/contract'
import type { routes } from '@deskbell/contract/schemas'
import { sql } from 'kysely'
import type { z } from 'zod'
import { visibleTo } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { snapshot } from '../../log/log-position.ts'
import { attachmentRows } from './attachment-rows.ts'
import { refColumn } from './ticket-filter.ts'

type Query = z.output<typeof routes.files.query>

/** Reads a page of all files of a ticket and its comments, newest first. */
export function readFiles(
  db: Db,
  reader: Reader,
  ref: string,
  { after, limit }: Query,
): Promise<Reply<'files'>> {
  return snapshot(db, async (tx) => {
    const ticket = await tx
      .selectFrom('tickets as t')
      .select('t.id')
      .where(sql<boolean>`${sql.ref(`t.${refColumn(ref)}`)} = ${ref}`)
      .where(visibleTo(reader))
      .executeTakeFirst()
    if (ticket === undefined) throw new DeskError('not.found')
    let query = attachmentRows(tx)
      .where('f.ticket_id', '=', ticket.id)
      .where('f.draft', '=', false)
      .orderBy('f.id', 'desc')
      .limit(limit + 1)
    if (!isStaff(reader.role)) query = query.where('f.internal', '=', false)
    if (after !== undefined) query = query.where('f.id', '<', after)
    const found = await query.execute()
    const items = found.slice(0, limit)
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null }
  })
}
