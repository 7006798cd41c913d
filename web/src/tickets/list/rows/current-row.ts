import type { ListItem } from '@deskbell/client'
import type { RowCursor } from './use-row-cursor.ts'

/** The index of the current row: the row of the open ticket, or else the row under the cursor; -1 if there is none. */
export function currentRow(
  rows: readonly ListItem[],
  cursor: RowCursor,
  openRef: string | undefined,
): number {
  return rows.findIndex(({ id, number }) =>
    openRef === undefined ? id === cursor.id : id === openRef || String(number) === openRef,
  )
}
