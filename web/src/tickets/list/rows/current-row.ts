import type { ListItem } from '@deskbell/client'
import type { RowCursor } from './use-row-cursor.ts'

/** Where the keyboard is: on the row of the open ticket, else where the cursor was moved. -1: nowhere. */
export function currentRow(
  rows: readonly ListItem[],
  cursor: RowCursor,
  openRef: string | undefined,
): number {
  return rows.findIndex(({ id, number }) =>
    openRef === undefined ? id === cursor.id : id === openRef || String(number) === openRef,
  )
}
