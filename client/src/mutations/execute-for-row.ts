import type { Position, TicketItem } from '@deskbell/contract'
import { mergeRow } from '../cache/apply-replies.ts'
import type { Core } from '../core.ts'
import type { Mutation, MutationQueue } from './mutation-queue.ts'

/** Executes a mutation whose reply brings the ticket's row. */
export async function executeForRow<R extends Position & { ticket: TicketItem | null }>(
  { store }: Core,
  queue: MutationQueue,
  mutation: Mutation<R>,
): Promise<void> {
  await queue.execute({
    ...mutation,
    onReply: ({ ticket, seq }, later) => {
      if (ticket !== null) mergeRow(store, ticket, seq, later)
    },
  })
}
