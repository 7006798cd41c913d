import type { Me, Relationship, Ticket } from '@deskbell/contract'

/** What the reader is to a ticket, for the policy. */
export function relationshipOf(me: Me, ticket: Pick<Ticket, 'creator' | 'watchers'>): Relationship {
  return {
    creator: ticket.creator.id === me.id,
    watcher: ticket.watchers.some((person) => person.id === me.id),
  }
}
