import type { Role } from './vocabulary.ts'

/** The names of roles on the screen. Their names on the wire do not change with these. */
export const roleWords: Record<Role, string> = {
  sales: 'Requester',
  admin: 'Admin',
  super_admin: 'Super admin',
}
