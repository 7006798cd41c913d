import { isolated } from '../../ui/words/isolated.ts'

const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** "Ada", "Ada and Ben", "Ada, Ben and Cleo". */
export function joinNames(names: readonly string[]): string {
  return conjunction.format(names.map(isolated))
}
