import { isStaff } from '@deskbell/contract'
import type { Attachment, Position, Reader } from '@deskbell/contract'
import { visibleTo } from '../../access/readers.ts'
import type { Db } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import { snapshot } from '../../log/log-position.ts'
import { attachmentRows } from './attachment-rows.ts'

/** Reads a file's metadata. Only staff see internal files, and only the uploader sees a draft. */
export function readAttachment(
  db: Db,
  reader: Reader,
  id: string,
): Promise<{ attachment: Attachment; sha256: string } & Position> {
  return snapshot(db, async (tx) => {
    const found = await attachmentRows(tx)
      .innerJoin('tickets as t', 't.id', 'f.ticket_id')
      .select(['f.sha256', 'f.draft'])
      .where('f.id', '=', id)
      .where(visibleTo(reader))
      .executeTakeFirst()
    if (found === undefined) throw new DeskError('not.found')
    const { sha256, draft, ...attachment } = found
    if (draft && attachment.uploader.id !== reader.id) throw new DeskError('not.found')
    if (attachment.internal && !isStaff(reader.role)) throw new DeskError('not.found')
    return { attachment, sha256 }
  })
}
