import type { ListItem } from '@deskbell/client'

/** The rows in the order on the screen, which may be older than the list's own order. */
export interface SteadyOrder {
  rows: readonly ListItem[]
  /** Rows that have left the list and are still on the screen. */
  gone: ReadonlySet<string>
  /** The number of new rows that are not shown yet. */
  waiting: number
  /** The list's own order differs. */
  stale: boolean
}

const none: ReadonlySet<string> = new Set()

/** The list's own order. */
export function listOrder(items: readonly ListItem[]): SteadyOrder {
  return { rows: items, gone: none, waiting: 0, stale: false }
}

/**
 * Every row stays where it is and shows its newest state. Rows that left the list stay until the order is released;
 * only further pages are added, at the end.
 */
export function keepOrder(shown: readonly ListItem[], items: readonly ListItem[]): SteadyOrder {
  const now = new Map(items.map((item) => [item.id, item]))
  const before = new Set(shown.map(({ id }) => id))
  const gone = new Set(shown.filter(({ id }) => !now.has(id)).map(({ id }) => id))
  const last = items.findLastIndex(({ id }) => before.has(id))
  const further = items.slice(last + 1)
  const waiting = items.slice(0, last + 1).filter(({ id }) => !before.has(id)).length
  const rows = [...shown.map((row) => now.get(row.id) ?? row), ...further]
  const staying = rows.filter(({ id }) => !gone.has(id)).map(({ id }) => id)
  const known = items.filter(({ id }) => before.has(id)).map(({ id }) => id)
  const moved = known.some((id, index) => staying[index] !== id)
  return { rows, gone, waiting, stale: waiting > 0 || gone.size > 0 || moved }
}
