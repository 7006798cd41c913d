import type { NotificationChange } from '@deskbell/client'
import type { NotificationItem } from '@deskbell/contract'
import { useDesk } from '../../live/use-desk.ts'
import { toastStore } from '../../notifications/toast-store.ts'
import { toastError } from '../../notifications/toast.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { ownChangeToast } from '../changes/own-change-toast.ts'
import { snoozedWords } from './snoozed-words.ts'

/** What a person does with items of the inbox. Each is said, with a way back. */
export interface InboxActs {
  done: (item: NotificationItem) => void
  unread: (item: NotificationItem) => void
  /** Null ends the snooze. */
  snooze: (item: NotificationItem, until: Date | null) => void
  mute: (item: NotificationItem) => void
  doneAll: () => void
}

export function useInboxActs(): InboxActs {
  const { notifications } = useDesk()
  return {
    done: (item) => say(notifications.markDone(item.ticketId), `${nameOf(item)} is done`),
    unread: (item) => say(notifications.markUnread(item.ticketId), `${nameOf(item)} is unread`),
    snooze(item, until) {
      const change = notifications.snooze(item.ticketId, until?.toISOString() ?? null)
      const words =
        until === null ? 'is back in the inbox' : `is snoozed ${snoozedWords(until, new Date())}`
      say(change, `${nameOf(item)} ${words}`)
    },
    mute(item) {
      const muted = !item.muted
      const words = muted ? 'is muted: nothing new of it comes here' : 'is not muted any more'
      say(notifications.mute(item.ticketId, muted), `${nameOf(item)} ${words}`)
    },
    doneAll: () => say(notifications.doneAll(), 'Everything in the inbox is done'),
  }
}

function say({ made, undo }: NotificationChange, title: string) {
  made.catch((error: unknown) => {
    toastStore.dismiss(ownChangeToast)
    toastError('The inbox was not changed', error)
  })
  function takeBack() {
    toastStore.dismiss(ownChangeToast)
    undo().catch((error: unknown) => toastError('It was not undone', error))
  }
  toastStore.show({
    id: ownChangeToast,
    tone: 'done',
    title,
    action: { label: 'Undo', keys: 'z', run: takeBack },
    lastsMs: 8000,
  })
}

function nameOf({ ticket }: NotificationItem): string {
  return `#${ticket.number} ${isolated(ticket.title)}`
}
