import { views } from '@deskbell/contract'
import { useList } from '../live/use-list.ts'

/** Subscribes to the open tickets on every page, for the unread count. */
export function KeepOpenTickets() {
  useList(views.open)
  return null
}
