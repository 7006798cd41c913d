import type { ListItem } from '@deskbell/client'
import { useState } from 'react'
import type { RowCursor } from './rows/use-row-cursor.ts'

/** Puts the cursor on the row of the ticket that was just closed. */
export function useWayBack(
  openRef: string | undefined,
  rows: readonly ListItem[],
  cursor: RowCursor,
) {
  const [last, setLast] = useState(openRef)
  if (last === openRef) return
  setLast(openRef)
  if (openRef !== undefined) return
  const row = rows.find(({ id, number }) => id === last || String(number) === last)
  if (row !== undefined) cursor.backTo(row.id)
}
