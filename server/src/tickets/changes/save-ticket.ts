import { statement } from '../../database/statement.ts'
import type { Tx } from '../../database/types.ts'
import type { Ticket } from '../ticket.ts'

/**
 * Stores what a change made of a locked ticket, and only that: a text that is written again is parsed and indexed again
 * for the search. Version and time of change are the log's to write.
 */
export async function saveTicket(tx: Tx, before: Ticket, after: Ticket): Promise<void> {
  const [old, saved] = [columnsOf(before), columnsOf(after)]
  const names = Object.keys(saved) as (keyof Columns)[]
  const changed = names.filter((name) => saved[name] !== old[name])
  if (changed.length > 0) await save(tx, { ...saved, id: after.id }, changed)
}

/** Its forms are the columns that change together. */
const save = statement((db, given: Columns & { id: string }, changed: (keyof Columns)[]) =>
  db
    .updateTable('tickets')
    .set(Object.fromEntries(changed.map((name) => [name, given[name]])))
    .where('id', '=', given.id),
)

type Columns = ReturnType<typeof columnsOf>

function columnsOf(ticket: Ticket) {
  return {
    title: ticket.title,
    description: ticket.description,
    status: ticket.status,
    priority: ticket.priority,
    assignee_id: ticket.assignee?.id ?? null,
    comment_count: ticket.commentCount,
    staff_comment_count: ticket.staffCommentCount,
    attachment_count: ticket.attachmentCount,
    staff_attachment_count: ticket.staffAttachmentCount,
  }
}
