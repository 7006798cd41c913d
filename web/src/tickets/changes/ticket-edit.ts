import { matchesFilter } from '@deskbell/contract'
import type { FieldName, FieldValue, Tag, TicketFilter, TicketRow } from '@deskbell/contract'

/** What a person changes at one ticket or at several: a field, or whether they have a tag. */
export type TicketEdit =
  | { [N in FieldName]: { field: N; to: FieldValue<N> } }[FieldName]
  | { field: 'tags'; tag: Tag; on: boolean }

/** Whether the edit changes anything of this ticket. `target`: the tag for which a merged one stands. */
export function isChangedBy(
  ticket: TicketRow,
  edit: TicketEdit,
  target: (tagId: string) => string,
): boolean {
  if (edit.field === 'tags') return ticket.tags.some((id) => target(id) === edit.tag.id) !== edit.on
  if (edit.field === 'assignee') return ticket.assignee?.id !== edit.to?.id
  const now = new Map<string, unknown>(Object.entries(ticket))
  return now.get(edit.field) !== edit.to
}

/** A list as an edit may empty it. `target`: the tag for which a merged one stands. */
interface ShownList {
  filter: TicketFilter
  meId: string
  target: (tagId: string) => string
}

/** Whether the edit closes the ticket, or takes it out of the list: then the person should see what they did. */
export function isAway(ticket: TicketRow, edit: TicketEdit, list: ShownList): boolean {
  const { filter, meId, target } = list
  if (edit.field === 'status' && (edit.to === 'resolved' || edit.to === 'closed')) return true
  // A search keeps what it found.
  if (filter.q !== undefined) return false
  const isIn = (row: TicketRow) => matchesFilter(filter, row, meId, target)
  return isIn(ticket) && !isIn(editedBy(ticket, edit, target))
}

function editedBy(
  ticket: TicketRow,
  edit: TicketEdit,
  target: (tagId: string) => string,
): TicketRow {
  if (edit.field !== 'tags') return { ...ticket, [edit.field]: edit.to }
  const others = ticket.tags.filter((id) => target(id) !== edit.tag.id)
  return { ...ticket, tags: edit.on ? [...others, edit.tag.id] : others }
}
