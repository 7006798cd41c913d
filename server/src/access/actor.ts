import type { ActorRef, PersonRef, Role, SystemName } from '@deskbell/contract'
import { isStaff } from '@deskbell/contract'

/** A signed-in person, and the session that they use. Read from the database, never from the request. */
export interface PersonActor {
  kind: 'person'
  id: string
  name: string
  role: Role
  color: number
  sessionId: string
}

/** Deskbell itself: it acts because of a rule, and no person asks for it. */
export interface SystemActor {
  kind: 'system'
  name: SystemName
}

/** Who makes a change. A change that needs a person takes a `PersonActor`. */
export type Actor = PersonActor | SystemActor

export function personRef(
  person: Pick<PersonRef, 'id' | 'name' | 'active' | 'color'> & { role: Role },
): PersonRef {
  const { id, name, role, active, color } = person
  return { id, name, staff: isStaff(role), active, color }
}

/** A person who acts is active. */
export function actingPerson(actor: PersonActor): PersonRef {
  return personRef({ ...actor, active: true })
}

/** The actor as events name them. */
export function actorRef(actor: Actor): ActorRef {
  return actor.kind === 'person' ? { kind: 'person', person: actingPerson(actor) } : actor
}

/** The owner of an Idempotency-Key: `person:` and an id, or `system:` and a name. */
export function keyOwner(actor: Pick<PersonActor, 'kind' | 'id'> | SystemActor): string {
  return actor.kind === 'person' ? `person:${actor.id}` : `system:${actor.name}`
}
