import { sortKey } from '@deskbell/contract'
import type { Sort, TicketRow } from '@deskbell/contract'

/** The position of a row in the order of a list. */
export interface SortPosition {
  key: string | number
  number: number
}

export function sortPositionOf(sort: Sort, row: TicketRow): SortPosition {
  return { key: sortKey(sort, row), number: row.number }
}

/** Negative when `a` comes first. Ties go the way of the sort, as the server's keyset `(key, number)` does. */
export function compareSortPositions(sort: Sort, a: SortPosition, b: SortPosition): number {
  const upwards = a.key < b.key ? -1 : a.key > b.key ? 1 : a.number - b.number
  return sort.startsWith('-') ? -upwards : upwards
}
