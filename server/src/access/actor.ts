import type { PersonRef, Role } from '@deskbell/contract'
import { isStaff } from '@deskbell/contract'

/** The person who makes a request, and the session it uses. Read from the database, never from the request. */
export interface Actor {
  id: string
  name: string
  role: Role
  sessionId: string
}

export function personRef(person: {
  id: string
  name: string
  role: Role
  active: boolean
}): PersonRef {
  return { id: person.id, name: person.name, staff: isStaff(person.role), active: person.active }
}

export function actorRef(actor: Actor): PersonRef {
  return personRef({ ...actor, active: true })
}
