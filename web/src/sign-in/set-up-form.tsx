import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { emailProblem, limits, passwordProblem } from '@deskbell/contract'
import type { Body } from '@deskbell/contract'
import { useAuth } from '../live/use-auth.ts'
import { fieldProblems } from '../ui/words/field-problems.ts'
import { SubmitButton } from '../ui/submit-button.tsx'
import { nameProblem } from '../ui/words/name-problem.ts'
import { NewPasswordField } from '../ui/password/new-password-field.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { NameField } from './name-field.tsx'
import classes from './sign-in-frame.module.css'

interface SetUpFormProps {
  token: string
}

export function SetUpForm({ token }: SetUpFormProps) {
  const { api, signedIn } = useAuth()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: nameProblem,
      email: emailProblem,
      password: (password, owner) => passwordProblem(password, owner, []),
    },
  })
  const { submit, busy, error } = useSubmit(
    async (body: Body<'setUp'>) => await signedIn(await api.call('setUp', { body })),
    (refusal) => form.setErrors(fieldProblems(refusal)),
  )

  return (
    <form
      noValidate
      className={classes['form']}
      onSubmit={form.onSubmit(
        (values) => void submit({ ...values, token }),
        (errors) => form.getInputNode(Object.keys(errors)[0] ?? 'name')?.focus(),
      )}
    >
      <NameField field={form.getInputProps('name')} key={form.key('name')} autoFocus />
      <TextInput
        {...form.getInputProps('email')}
        key={form.key('email')}
        type="email"
        name="email"
        label="E-mail address"
        description="You sign in with it."
        autoComplete="username"
        maxLength={limits.emailLength}
      />
      <NewPasswordField
        key={form.key('password')}
        label="Password"
        field={form.getInputProps('password')}
        owner={form.getValues}
      />
      <Refusal error={error} />
      <SubmitButton busy={busy}>Set up Deskbell</SubmitButton>
    </form>
  )
}
