import type { NotificationItem } from '@deskbell/contract'
import { useShortcut } from '../../shell/shortcuts.tsx'
import { toastStore } from '../../notifications/toast-store.ts'
import { ownChangeToast } from '../changes/own-change-toast.ts'
import { useUndo } from '../changes/use-undo.ts'
import type { InboxActs } from './use-inbox-acts.ts'

interface InboxShortcutsProps {
  /** The item of the open ticket, or else the one with the keyboard. */
  current: NotificationItem | undefined
  /** A ticket is open. */
  isOpen: boolean
  acts: InboxActs
  onMove: (step: number) => void
  onOpen: (item: NotificationItem) => void
  onSnooze: (item: NotificationItem) => void
}

export function InboxShortcuts(props: InboxShortcutsProps) {
  const { current, isOpen, acts, onMove, onOpen, onSnooze } = props
  const undo = useUndo()
  const has = { enabled: current !== undefined }

  /** What the corner offers to take back, in the inbox or on a ticket, else the last change of a ticket. */
  function takeBack() {
    const said = toastStore.current().toasts.find(({ id }) => id === ownChangeToast)
    if (said?.action !== undefined) said.action.run()
    else void undo()
  }

  useShortcut('j', 'Next item', 'Inbox', () => onMove(1))
  useShortcut('k', 'Previous item', 'Inbox', () => onMove(-1))
  useShortcut('Enter', 'Open the ticket', 'Inbox', () => current && onOpen(current), {
    enabled: !isOpen && current !== undefined,
  })
  useShortcut('e', 'Done', 'Inbox', () => current && acts.done(current), has)
  useShortcut('u', 'Mark as unread', 'Inbox', () => current && acts.unread(current), has)
  useShortcut('h', 'Snooze until', 'Inbox', () => current && onSnooze(current), has)
  useShortcut('m', 'Mute or unmute the ticket', 'Inbox', () => current && acts.mute(current), has)
  useShortcut('z', 'Undo your last change', 'Inbox', takeBack)
  return null
}
