import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@deskbell/client'
import { emailProblem, limits } from '@deskbell/contract'
import type { Body } from '@deskbell/contract'
import { useAuth } from '../live/use-auth.ts'
import { CurrentPasswordField } from '../ui/password/current-password-field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import classes from './sign-in-frame.module.css'

export function SignInForm() {
  const { api, signedIn } = useAuth()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email: '', password: '' },
    validate: { email: emailProblem, password: absent },
  })
  const { submit, busy, error } = useSubmit(
    async (body: Body<'signIn'>) => await signedIn(await api.call('signIn', { body })),
    (refusal) => {
      const field = form.getInputNode('password')
      if (isWrong(refusal) && field instanceof HTMLInputElement) field.select()
    },
  )

  return (
    <form
      noValidate
      className={classes['form']}
      onSubmit={form.onSubmit(
        ({ email, password }) => void submit({ email: email.trim(), password }),
        (errors) => form.getInputNode('email' in errors ? 'email' : 'password')?.focus(),
      )}
    >
      <TextInput
        {...form.getInputProps('email')}
        key={form.key('email')}
        type="email"
        name="email"
        label="E-mail address"
        autoComplete="username"
        maxLength={limits.emailLength}
        autoFocus
      />
      <CurrentPasswordField
        key={form.key('password')}
        label="Password"
        field={form.getInputProps('password')}
      />
      <Refusal error={error} />
      <SubmitButton busy={busy}>Sign in</SubmitButton>
    </form>
  )
}

function absent(password: string): string | null {
  return password === '' ? 'Enter your password.' : null
}

function isWrong(refusal: unknown): boolean {
  return refusal instanceof ApiError && refusal.code === 'session.refused'
}
