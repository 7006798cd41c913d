import { uuidv4 } from '@deskbell/client'
import type { Desk } from '@deskbell/client'
import type { Me, TicketRow } from '@deskbell/contract'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { useTabMemory } from '../../live/tab-memory.ts'
import { useTags } from '../../live/use-tags.ts'
import { toastStore } from '../../notifications/toast-store.ts'
import { toastError } from '../../notifications/toast.ts'
import { toListQuery } from '../list/filter/to-list-query.ts'
import { useListSearch } from '../list/filter/use-list-search.ts'
import { mayMoveRow } from '../may-move-row.ts'
import { changeMany } from './change-many.ts'
import { editWords, refusalWords } from './edit-words.ts'
import { ownChangeToast } from './own-change-toast.ts'
import { noteOwnChange } from './own-changes.ts'
import { isAway, isChangedBy } from './ticket-edit.ts'
import type { TicketEdit } from './ticket-edit.ts'
import { useUndo } from './use-undo.ts'

interface Said {
  /** What to say when it is refused. */
  refusal?: string
  /** The comment with which the change is made, by its id. */
  after?: string
}

/**
 * Changes one ticket or several, and shows what was refused. A change that closes tickets, takes them out of the list or
 * touches several is said, with a way back.
 */
export function useChange() {
  const desk = useDesk()
  const memory = useTabMemory()
  const me = useMe()
  const tags = useTags()
  const undo = useUndo()
  const [search] = useListSearch()
  const list = {
    filter: toListQuery(search),
    meId: me.id,
    target: (id: string) => tags.get(id)?.id ?? id,
  }

  return async (
    tickets: readonly TicketRow[],
    edit: TicketEdit,
    { refusal, after }: Said = {},
  ): Promise<void> => {
    const step = uuidv4()
    const wanted = tickets.filter((ticket) => isChangedBy(ticket, edit, list.target))
    const isSaid = wanted.length > 1 || wanted.some((ticket) => isAway(ticket, edit, list))
    const done = noteOwnChange(
      memory,
      wanted.map(({ id }) => id),
    )
    const { changed, error } = await changeMany(wanted, ({ id }) =>
      send(desk, id, edit, { step, after }),
    )
    done()
    const failed = wanted.length - changed.length
    const [only] = wanted
    if (failed > 0)
      toastError(
        wanted.length === 1 && only !== undefined
          ? (refusal ?? refusalWords(only, edit))
          : `${failed} of ${wanted.length} tickets could not be changed`,
        error,
      )
    if (!isSaid || changed.length === 0) return
    toastStore.show({
      id: ownChangeToast,
      tone: 'done',
      title: editWords(changed, edit),
      ...(changed.length === 1 && { ticketNumber: changed[0]?.number }),
      ...(mayUndo(me, changed, edit) && {
        action: { label: 'Undo', keys: 'z', run: () => void undo(step) },
      }),
      lastsMs: 8000,
    })
  }
}

function send(
  desk: Desk,
  id: string,
  edit: TicketEdit,
  { step, after }: { step: string; after: string | undefined },
): Promise<void> {
  if (edit.field === 'tags')
    return desk.setTags(id, edit.on ? { add: [edit.tag.id] } : { remove: [edit.tag.id] }, step)
  return desk.changeField(id, edit.field, edit.to, step, after)
}

/** People who are not staff may close a ticket that they may not put back to *Waiting*. */
function mayUndo(me: Me, tickets: readonly TicketRow[], edit: TicketEdit): boolean {
  if (edit.field !== 'status') return true
  return tickets.every((ticket) => mayMoveRow(me, ticket, edit.to, ticket.status))
}
