import type { TestDesk, TestPerson } from '../index.ts'

/** Not taken from the contract: the tables must be independent of it. */
export const roles = ['sales', 'admin', 'super_admin'] as const
export type RoleName = (typeof roles)[number]

export const relations = ['creator', 'watcher', 'former', 'stranger'] as const
export type Relation = (typeof relations)[number]

/** A person, and the relation to a ticket. */
export interface Relationship {
  role: RoleName
  relation: Relation
  person: TestPerson
  ticketId: string
}

/** People who create what a case needs, and have no other relation to any ticket. */
export interface Others {
  /** Sales. Creates the tickets that no other person creates. */
  owner: TestPerson
  /** Admin. */
  staff: TestPerson
  root: TestPerson
}

/** Creates a ticket to which the person has this relation. */
export async function ticketFor(
  { owner, staff }: Others,
  person: TestPerson,
  relation: Relation,
): Promise<string> {
  const creator = relation === 'creator' ? person : owner
  const body = { title: 'Printer', description: 'It smokes' }
  const made = await creator.call('createTicket', { body })
  const params = { id: made.body.ticket.id, userId: person.id }
  if (relation === 'watcher' || relation === 'former') await staff.call('watch', { params })
  if (relation === 'former') await staff.call('unwatch', { params })
  return params.id
}

export async function othersAt(desk: TestDesk): Promise<Others> {
  return {
    owner: await desk.someone('sales', 'Olga'),
    staff: await desk.someone('admin', 'Stan'),
    root: await desk.someone('super_admin', 'Root'),
  }
}

/** A person with a ticket for every role and relation. */
export async function relationshipsAt(desk: TestDesk, others: Others): Promise<Relationship[]> {
  const relationships: Relationship[] = []
  for (const role of roles) {
    for (const relation of relations) {
      const person = await desk.someone(role, `${role} ${relation}`)
      const ticketId = await ticketFor(others, person, relation)
      relationships.push({ role, relation, person, ticketId })
    }
  }
  return relationships
}
