import { hasVisible } from '@deskbell/contract'

export function nameProblem(name: string): string | null {
  return hasVisible(name) ? null : 'Enter a name.'
}
