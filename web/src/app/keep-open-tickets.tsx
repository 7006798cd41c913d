import { views } from '@deskbell/contract'
import { useList } from '../live/use-list.ts'

/** Holds the open tickets in memory whatever page is shown, for the unread count. */
export function KeepOpenTickets() {
  useList(views.open)
  return null
}
