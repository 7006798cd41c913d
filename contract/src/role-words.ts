import type { Role } from './vocabulary.ts'

/** What people read. The names on the wire stay as they are, whatever a role is called. */
export const roleWords: Record<Role, string> = {
  sales: 'Requester',
  admin: 'Admin',
  super_admin: 'Super admin',
}
