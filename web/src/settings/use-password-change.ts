import { useForm } from '@mantine/form'
import { ApiError } from '@deskbell/client'
import { passwordProblem } from '@deskbell/contract'
import type { Body } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { fieldProblems } from '../ui/words/field-problems.ts'
import { useSubmit } from '../ui/use-submit.ts'

/** The form for the person's own new password, and its result. */
export function usePasswordChange() {
  const { api } = useDesk()
  const me = useMe()
  const [changed, setChanged] = useState(false)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { current: '', password: '' },
    validate: { current: absent, password: (password) => passwordProblem(password, me, []) },
    onValuesChange: () => setChanged(false),
  })

  const sending = useSubmit(
    async (body: Body<'changePassword'>) => {
      await api.call('changePassword', { body })
      form.reset()
      setChanged(true)
    },
    (refusal) => {
      form.setErrors(fieldProblems(refusal))
      if (isWrong(refusal)) form.getInputNode('current')?.focus()
    },
  )

  const onSubmit = form.onSubmit(
    (values) => void sending.submit(values),
    (errors) => form.getInputNode('current' in errors ? 'current' : 'password')?.focus(),
  )
  return { form, onSubmit, changed, busy: sending.busy, error: sending.error }
}

function absent(password: string): string | null {
  return password === '' ? 'Enter your current password.' : null
}

function isWrong(refusal: unknown): boolean {
  return refusal instanceof ApiError && refusal.code === 'password.wrong'
}
