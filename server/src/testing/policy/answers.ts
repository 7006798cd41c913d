import { relations, roles } from './relationships.ts'
import type { Relation, RoleName } from './relationships.ts'

/** One answer for all relations to the ticket, or one for each relation. */
type ByRelation<A> = A | Readonly<Record<Relation, A>>

/** The answers of a case, one table row per role. */
export type Answers<A> = Readonly<Record<RoleName, ByRelation<A>>>

/** The same answer for everyone. */
export function all<A>(answer: A): Answers<A> {
  return { sales: answer, admin: answer, super_admin: answer }
}

/** People on the ticket and staff get one answer, everyone else gets another. */
export function onTicket<A>(answer: A, otherwise: A): Answers<A> {
  return {
    sales: { creator: answer, watcher: answer, former: otherwise, stranger: otherwise },
    admin: answer,
    super_admin: answer,
  }
}

/** Staff get one answer, requesters on the ticket another, and other requesters a third. */
export function staffOnly<A>(answer: A, onIt: A, otherwise: A): Answers<A> {
  return { ...onTicket(onIt, otherwise), admin: answer, super_admin: answer }
}

/** A table with every case, to compare it as a whole. */
export function inFull<A>(answers: Answers<A>): Record<string, A> {
  return Object.fromEntries(
    roles.flatMap((role) =>
      relations.map((relation) => [`${role} ${relation}`, answerFor(answers, role, relation)]),
    ),
  )
}

export function answerFor<A>(answers: Answers<A>, role: RoleName, relation: Relation): A {
  const line = answers[role]
  return isByRelation(line) ? line[relation] : line
}

function isByRelation<A>(line: ByRelation<A>): line is Readonly<Record<Relation, A>> {
  return typeof line === 'object' && line !== null
}
