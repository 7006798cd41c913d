import type { Desk, ListItem } from '@deskbell/client'

/** What is done to each of the tickets chosen. */
export type TicketChange = (desk: Desk, row: ListItem) => Promise<void>
