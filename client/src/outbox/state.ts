import type { ApiError } from '../api-error.ts'
import { errorOf } from './entry.ts'
import type { KeptChange } from './entry.ts'
import type { Item } from './items.ts'

/** A change of this person that the server does not have yet. */
export interface OutboxItem {
  id: string
  ticketId: string
  /** Undefined for a new ticket, and for one that was not loaded. */
  number: number | undefined
  change: KeptChange
  /** Ms since 1970. */
  madeAt: number
  /** It does not reach the server for now, or waits behind another one. */
  isWaiting: boolean
  /** Why it was not taken: it waits for a decision. */
  error: ApiError | undefined
  /** Ms since 1970. */
  refusedAt: number | undefined
}

export interface OutboxState {
  /** What is made without a connection survives this tab. */
  keeps: boolean
  /** In the order in which they are sent. */
  items: readonly OutboxItem[]
}

export function outboxItems(keeps: boolean, items: Iterable<Item>): OutboxState {
  const ordered = [...items].toSorted((one, other) => one.entry.order - other.entry.order)
  return {
    keeps,
    items: ordered.map(
      ({ isWaiting, entry: { id, ticketId, number, change, madeAt, refusal } }) => ({
        id,
        ticketId,
        number,
        change,
        madeAt,
        isWaiting,
        error: refusal && errorOf(refusal),
        refusedAt: refusal?.at,
      }),
    ),
  }
}
