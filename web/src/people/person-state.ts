import type { Account } from '@deskbell/contract'

export type PersonState = 'active' | 'invited' | 'deactivated'

export function personState({ active, pending }: Account): PersonState {
  if (!active) return 'deactivated'
  return pending ? 'invited' : 'active'
}
