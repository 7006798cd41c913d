import type { Role } from '@deskbell/contract'
import type { Team } from './story.ts'

export interface Employee {
  name: string
  email: string
  role: Role
  /** The teams whose tickets the employee works on. */
  teams: readonly Team[]
}

/** Brightwater sells office furniture. No one can own a domain under `.example`, so no mail can reach a stranger. */
export const company: readonly Employee[] = [
  employee('Ingrid Solheim', 'super_admin', ['systems']),
  employee('Tomasz Wieczorek', 'super_admin', ['systems', 'computers']),
  employee('Amara Okafor', 'admin', ['computers']),
  employee('Kenji Watanabe', 'admin', ['systems', 'computers']),
  employee('Lucía Fernández', 'admin', ['office']),
  employee('Priya Raghunathan', 'admin', ['payroll']),
  employee('Matteo Ricci', 'sales'),
  employee('Hannah Weiss', 'sales'),
  employee('Omar Haddad', 'sales'),
  employee('Chloé Lefèvre', 'sales'),
  employee('Samuel Osei', 'sales'),
  employee('Nguyễn Thu Hà', 'sales'),
]

function employee(name: string, role: Role, teams: readonly Team[] = []): Employee {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return { name, email: `${plain.replaceAll(' ', '.')}@brightwater.example`, role, teams }
}
