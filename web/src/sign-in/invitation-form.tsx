import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { passwordProblem } from '@deskbell/contract'
import type { Body, Reply } from '@deskbell/contract'
import { useNavigate } from '@tanstack/react-router'
import { useAuth } from '../live/use-auth.ts'
import { fieldProblems } from '../ui/words/field-problems.ts'
import { SubmitButton } from '../ui/submit-button.tsx'
import { nameProblem } from '../ui/words/name-problem.ts'
import { NewPasswordField } from '../ui/password/new-password-field.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { NameField } from './name-field.tsx'
import classes from './sign-in-frame.module.css'

interface InvitationFormProps {
  token: string
  invitation: Reply<'invitation'>
}

export function InvitationForm({ token, invitation }: InvitationFormProps) {
  const { api, signedIn } = useAuth()
  const navigate = useNavigate()
  const joins = invitation.kind === 'invitation'
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: invitation.name, password: '' },
    validate: {
      name: nameProblem,
      password: (password, { name }) =>
        passwordProblem(password, { name, email: invitation.email }, []),
    },
  })
  const { submit, busy, error } = useSubmit(
    async (body: Body<'acceptInvitation'>) => {
      await signedIn(await api.call('acceptInvitation', { params: { token }, body }))
      await navigate({ to: '/', replace: true })
    },
    (refusal) => form.setErrors(fieldProblems(refusal)),
  )

  return (
    <form
      noValidate
      className={classes['form']}
      onSubmit={form.onSubmit(
        ({ name, password }) => void submit(joins ? { name, password } : { password }),
        (errors) => form.getInputNode('name' in errors ? 'name' : 'password')?.focus(),
      )}
    >
      {joins && <NameField field={form.getInputProps('name')} key={form.key('name')} />}
      <TextInput
        type="email"
        name="email"
        label="E-mail address"
        description="You sign in with it."
        autoComplete="username"
        value={invitation.email}
        readOnly
      />
      <NewPasswordField
        key={form.key('password')}
        label={joins ? 'Password' : 'New password'}
        field={form.getInputProps('password')}
        owner={() => ({ name: form.getValues().name, email: invitation.email })}
        autoFocus
      />
      <Refusal error={error} />
      <SubmitButton busy={busy}>{joins ? 'Join' : 'Save and sign in'}</SubmitButton>
    </form>
  )
}
