import { hasVisible, mixedAlphabets, mixesAlphabets } from '@deskbell/contract'

export function nameProblem(name: string): string | null {
  if (!hasVisible(name)) return 'Enter a name.'
  return mixesAlphabets(name) ? mixedAlphabets : null
}
