import type { ListItem } from '@deskbell/client'
import { useDesk } from '../../../live/use-desk.ts'
import { toastError } from '../../../notifications/toast.ts'
import { changeMany } from './change-many.ts'
import type { TicketChange } from './ticket-change.ts'

/** Changes one ticket or many from the list, and shows what was refused. */
export function useChangeTickets() {
  const desk = useDesk()
  return async (rows: readonly ListItem[], change: TicketChange) => {
    const { failed, error } = await changeMany(rows, (row) => change(desk, row))
    if (failed === 0) return
    const [only] = rows
    toastError(
      rows.length === 1 && only !== undefined
        ? `#${only.number} could not be changed`
        : `${failed} of ${rows.length} tickets could not be changed`,
      error,
    )
  }
}
