import type { PersonRef } from '@deskbell/contract'
import { joinNames } from './join-names.ts'

interface Audience {
  creator: PersonRef
  watchers: readonly PersonRef[]
}

/** The sentence names at most this many people and counts the others. */
const namedAtMost = 4

/** One sentence that names who can read the text once it is sent: the server's audience, as names. */
export function whoWillSee(ticket: Audience, readerId: string, internal: boolean): string {
  if (internal) return 'Only staff will see this note.'
  const names = outsiders(ticket, readerId).map((person) => person.name)
  const named = names.slice(0, namedAtMost)
  const rest = names.length - named.length
  if (rest > 0) named.push(rest === 1 ? '1 other' : `${rest} others`)
  if (named.length === 0) return 'All staff will see this reply.'
  return `${joinNames([...named, 'all staff'])} will see this reply.`
}

/** The people who see the ticket and are not staff, without the reader. */
function outsiders({ creator, watchers }: Audience, readerId: string): PersonRef[] {
  const people = new Map([creator, ...watchers].map((person) => [person.id, person]))
  return [...people.values()].filter(
    (person) => !person.staff && person.active && person.id !== readerId,
  )
}
