import type { ListItem } from '@deskbell/client'
import type { RowCursor } from './use-row-cursor.ts'

/** The index of the current row: the row of the open ticket, or else the row under the cursor; -1 if there is none. */
export function currentRow(
  rows: readonly ListItem[],
  cursor: RowCursor,
  openRef: string | undefined,
): number {
  return rows.findIndex((row) =>
    openRef === undefined ? row.id === cursor.id : isOpenRow(row, openRef),
  )
}

/** `openRef`: the number or the id of the open ticket. */
export function isOpenRow({ id, number }: ListItem, openRef: string | undefined): boolean {
  return id === openRef || String(number) === openRef
}
