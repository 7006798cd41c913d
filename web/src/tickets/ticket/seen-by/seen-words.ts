import type { Receipt } from '@deskbell/contract'
import { joinNames } from '../../composer/join-names.ts'
import { isolated } from '../../../ui/words/isolated.ts'

const namedAtMost = 3

/** Who has seen something, by first names: “Ana and Ben”, “Ana, Ben and 3 others”. */
export function seenWords(receipts: readonly Receipt[]): string {
  const names = receipts.map(({ person }) => firstName(person.name))
  if (names.length <= namedAtMost) return joinNames(names)
  const named = names.slice(0, namedAtMost - 1).map(isolated)
  return `${named.join(', ')} and ${names.length - named.length} others`
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
