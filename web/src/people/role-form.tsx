import type { Account } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { DialogForm } from '../ui/dialog-form.tsx'
import { RoleField } from './role-field.tsx'

interface RoleFormProps {
  person: Account
  onDone: () => void
}

export function RoleForm({ person, onDone }: RoleFormProps) {
  const { api } = useDesk()
  const [role, setRole] = useState(person.role)
  const { submit, busy, error } = useSubmit(async () => {
    if (role !== person.role) {
      await api.call('editPerson', { params: { id: person.id }, body: { role } })
    }
    onDone()
  })
  return (
    <DialogForm
      button="Save"
      busy={busy}
      error={error}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <RoleField value={role} onChange={setRole} autoFocus />
      {!person.pending && (
        <p>
          <bdi>{person.name}</bdi> is signed out when the role changes, and signs in again with the
          new one.
        </p>
      )}
    </DialogForm>
  )
}
