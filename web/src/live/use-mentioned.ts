import { useMe } from './use-me.ts'
import { useNames } from './use-names.ts'

/** What this person may know of somebody whom a text mentions, live. */
export function useMentioned(personId: string) {
  const me = useMe()
  const person = useNames()?.find(({ id }) => id === personId)
  return { name: person?.name, isReader: personId === me.id }
}
