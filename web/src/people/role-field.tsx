import { Radio } from '@mantine/core'
import '@mantine/core/styles/Radio.layer.css'
import { roles, roleWords } from '@deskbell/contract'
import type { Role } from '@deskbell/contract'
import classes from './role-field.module.css'

interface RoleFieldProps {
  value: Role
  onChange: (role: Role) => void
  autoFocus?: boolean
}

/** The roles, with what each may do. */
export function RoleField({ value, onChange, autoFocus = false }: RoleFieldProps) {
  return (
    <fieldset className={classes['field']}>
      <legend className={classes['legend']}>Role</legend>
      {roles.map((role) => (
        <Radio
          key={role}
          name="role"
          label={roleWords[role]}
          description={duties[role]}
          value={role}
          checked={role === value}
          {...(role === value && autoFocus ? { 'data-autofocus': true } : {})}
          onChange={() => onChange(role)}
        />
      ))}
    </fieldset>
  )
}

const duties: Record<Role, string> = {
  sales: 'Raises tickets, and sees their own and those they watch. Never internal notes.',
  admin: 'Works on every ticket: status, priority, assignee, internal notes.',
  super_admin: 'May do everything that an admin may, and manages people.',
}
