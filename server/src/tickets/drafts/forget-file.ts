import { sql } from 'kysely'
import type { Tx } from '../../database/types.ts'

interface DraftFile {
  ticketId: string
  personId: string
  id: string
}

/** Takes a file that was removed out of its person's drafts: what has neither text nor files is no draft. */
export async function forgetFile(tx: Tx, { ticketId, personId, id }: DraftFile): Promise<void> {
  await sql`
    update drafts set attachment_ids = array_remove(attachment_ids, ${id}::uuid)
    where person_id = ${personId} and ticket_id = ${ticketId} and ${id}::uuid = any(attachment_ids)`.execute(
    tx,
  )
}
