import { sortKey } from '@deskbell/contract'
import type { Sort, TicketRow } from '@deskbell/contract'

/** Where a row stands in the order of a list. */
export interface Place {
  key: string | number
  number: number
}

export function placeOf(sort: Sort, row: TicketRow): Place {
  return { key: sortKey(sort, row), number: row.number }
}

/** Negative when `a` comes first. Ties go the way of the sort, as the server's keyset `(key, number)` does. */
export function comparePlaces(sort: Sort, a: Place, b: Place): number {
  const upwards = a.key < b.key ? -1 : a.key > b.key ? 1 : a.number - b.number
  return sort.startsWith('-') ? -upwards : upwards
}
