import type { ActorRef } from '@deskbell/contract'

/** Who acted, as a name; what the system does by itself, Deskbell does. */
export function actorName(actor: ActorRef): string {
  return actor.kind === 'person' ? actor.person.name : 'Deskbell'
}
