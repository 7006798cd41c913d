import { roleWords } from '@deskbell/contract'
import type { Account } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { ChangedMeanwhile } from '../ui/changed-meanwhile.tsx'
import { DialogForm } from '../ui/dialog-form.tsx'
import { useLocalEdit } from '../ui/use-local-edit.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { RoleField } from './role-field.tsx'

interface RoleFormProps {
  person: Account
  onDone: () => void
}

export function RoleForm({ person, onDone }: RoleFormProps) {
  const { api } = useDesk()
  const role = useLocalEdit(person.role)
  const { submit, busy, error } = useSubmit(async () => {
    const { isEdited, value } = role
    if (isEdited) await api.call('editPerson', { params: { id: person.id }, body: { role: value } })
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
      <RoleField value={role.value} onChange={role.set} autoFocus />
      <ChangedMeanwhile shown={role.isOutdated && !busy} onKeep={role.drop}>
        The role was changed to {roleWords[person.role]}
      </ChangedMeanwhile>
      {!person.pending && (
        <p>
          <bdi>{person.name}</bdi> is signed out when the role changes, and signs in again with the
          new one.
        </p>
      )}
    </DialogForm>
  )
}
