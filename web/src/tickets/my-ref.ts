import { isStaff } from '@deskbell/contract'
import type { Me, PersonRef } from '@deskbell/contract'

/** The person signed in, as tickets name people. */
export function myRef({ id, name, role, color }: Me): PersonRef {
  return { id, name, staff: isStaff(role), active: true, color }
}
