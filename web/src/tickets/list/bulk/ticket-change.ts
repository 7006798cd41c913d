import type { Desk, ListItem } from '@deskbell/client'

/** A change made to each of the selected tickets. */
export type TicketChange = (desk: Desk, row: ListItem) => Promise<void>
