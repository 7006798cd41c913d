import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { emailProblem, limits } from '@deskbell/contract'
import type { Body, Reply, Role } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { fieldProblems } from '../ui/words/field-problems.ts'
import { nameProblem } from '../ui/words/name-problem.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { DialogForm } from '../ui/dialog-form.tsx'
import { LinkOnce } from './link-once.tsx'
import { RoleField } from './role-field.tsx'

interface InviteFormProps {
  onDone: () => void
}

/** Asks whom to invite, then shows the link once. */
export function InviteForm({ onDone }: InviteFormProps) {
  const { api } = useDesk()
  const [role, setRole] = useState<Role>('sales')
  const [invited, setInvited] = useState<Reply<'invite'>>()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '' },
    validate: { name: nameProblem, email: emailProblem },
  })
  const { submit, busy, error } = useSubmit(
    async (body: Body<'invite'>) => setInvited(await api.call('invite', { body })),
    (refusal) => form.setErrors(fieldProblems(refusal)),
  )

  if (invited !== undefined) {
    return <LinkOnce name={invited.person.name} link={invited.invitation} onDone={onDone} />
  }
  return (
    <DialogForm
      button="Invite"
      busy={busy}
      error={error}
      onSubmit={form.onSubmit(
        (values) => void submit({ ...values, role }),
        (errors) => form.getInputNode('name' in errors ? 'name' : 'email')?.focus(),
      )}
      onCancel={onDone}
    >
      <TextInput
        {...form.getInputProps('name')}
        key={form.key('name')}
        label="Name"
        // The form is about another person, so nothing that the browser remembers fits.
        autoComplete="off"
        maxLength={limits.nameLength}
        data-autofocus
      />
      <TextInput
        {...form.getInputProps('email')}
        key={form.key('email')}
        type="email"
        label="E-mail address"
        description="They sign in with it."
        autoComplete="off"
        maxLength={limits.emailLength}
      />
      <RoleField value={role} onChange={setRole} />
    </DialogForm>
  )
}
