import type { Present } from '@deskbell/client'
import { limits } from '@deskbell/contract'
import type { Doing, PresentPerson } from '@deskbell/contract'
import { isolated } from '../../ui/words/isolated.ts'
import { joinNames } from '../composer/join-names.ts'

const doingWords: Record<Doing, string> = {
  viewing: 'is looking at this ticket',
  replying: 'is replying',
  noting: 'is writing a note',
}

/** “Grace is replying”. Someone without a name is of the team. */
export function presentWords({ person, doing, idle }: PresentPerson): string {
  const away = idle ? ', in a tab in the background' : ''
  return `${isolated(nameOf(person))} ${doingWords[doing]}${away}`
}

/** A line a person, and who else there is. */
export function allWords({ people, more }: Present): string {
  const words = people.map(presentWords)
  return (more === 0 ? words : [...words, moreWords(more)]).join('\n')
}

function moreWords(more: number): string {
  return more === 1 ? 'and 1 other' : `and ${orMore(more, more)} others`
}

/** `count`, which includes `more`. */
export function orMore(count: number, more: number): string {
  return more === limits.presentCounted ? `${count} or more` : `${count}`
}

/** “Grace and Ada are writing…”; undefined while nobody types. */
export function typingWords(people: readonly PresentPerson[]): string | undefined {
  const typing = people.filter((one) => one.typing)
  const [first] = typing
  if (first === undefined) return undefined
  if (typing.length > 3) return `${typing.length} people are writing…`
  const names = joinNames(typing.map(({ person }) => nameOf(person)))
  return `${names} ${typing.length === 1 ? 'is' : 'are'} writing…`
}

export function nameOf(person: PresentPerson['person']): string {
  return person?.name ?? 'Someone of the team'
}
