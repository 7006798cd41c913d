import { ApiError } from '@deskbell/client'
import { useDesk } from '../../live/use-desk.ts'
import { toastStore } from '../../notifications/toast-store.ts'
import { toast, toastError } from '../../notifications/toast.ts'
import { ownChangeToast } from './own-change-toast.ts'
import { undoneWords } from './edit-words.ts'

/** Takes back a step, or else the person's last change in this tab, and says what came of it. */
export function useUndo() {
  const desk = useDesk()
  return async (step?: string): Promise<void> => {
    const changes = await desk.undo(step)
    toastStore.dismiss(ownChangeToast)
    if (changes.length === 0) return toast('There is nothing to undo')
    const undone = changes.filter(({ error }) => error === undefined)
    const changed = changes.filter(({ error }) => isChangedSince(error))
    const failed = changes.filter(({ error }) => error !== undefined && !isChangedSince(error))
    if (undone.length > 0)
      toastStore.show({ id: ownChangeToast, tone: 'done', title: `Undone: ${undoneWords(undone)}` })
    if (changed.length > 0)
      toastStore.show({
        tone: 'error',
        title: `Not undone: ${undoneWords(changed)}`,
        line: `Changed again since: ${changed.map(({ number }) => `#${number}`).join(', ')}. Nothing was overwritten.`,
        lastsMs: 8000,
      })
    const [first] = failed
    if (first !== undefined) toastError(`Not undone: ${undoneWords(failed)}`, first.error)
  }
}

function isChangedSince(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'ticket.changed'
}
