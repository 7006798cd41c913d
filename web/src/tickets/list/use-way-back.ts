import type { ListItem } from '@deskbell/client'
import { useState } from 'react'
import { isOpenRow } from './rows/current-row.ts'
import type { RowCursor } from './rows/use-row-cursor.ts'

/**
 * Puts the cursor on the row of the open ticket, and leaves it there when the ticket is closed. If that row has left the
 * list, the cursor is on the row that took its place.
 */
export function useWayBack(
  openRef: string | undefined,
  rows: readonly ListItem[],
  cursor: RowCursor,
) {
  const [last, setLast] = useState(openRef)
  if (last === openRef) return
  setLast(openRef)
  const row = rows.find((one) => isOpenRow(one, openRef ?? last))
  const id = row?.id ?? cursor.id
  if (id === undefined) return
  // An opened ticket takes the focus itself.
  if (openRef === undefined) cursor.backTo(id)
  else cursor.follow(id)
}
