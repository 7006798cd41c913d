import { useDesk } from '../../live/use-desk.ts'
import { toastError } from '../../notifications/toast.ts'
import { changeMany } from '../list/bulk/change-many.ts'
import type { TaggedTicket } from './tag-menu.tsx'

type TagChange = { add: readonly string[] } | { remove: readonly string[] }

/** Changes the tags of one ticket or of several, and shows what was refused. */
export function useSetTags() {
  const desk = useDesk()
  return async (tickets: readonly TaggedTicket[], change: TagChange): Promise<void> => {
    const { failed, error } = await changeMany(tickets, ({ id }) => desk.setTags(id, change))
    if (failed === 0) return
    const [only] = tickets
    toastError(
      tickets.length === 1 && only !== undefined
        ? `The tags of #${only.number} were not changed`
        : `The tags of ${failed} of ${tickets.length} tickets were not changed`,
      error,
    )
  }
}
