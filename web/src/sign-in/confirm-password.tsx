import { Button, Modal } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef } from 'react'
import type { Confirmation } from '../live/confirmation-context.ts'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { CurrentPasswordField } from '../ui/current-password-field.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import classes from './confirm-password.module.css'

interface ConfirmPasswordProps {
  /** Undefined while nothing waits for the password. */
  confirmation: Confirmation | undefined
}

/** Asks for the password again. Then what was asked for goes on; the form it came from keeps what was typed. */
export function ConfirmPassword({ confirmation }: ConfirmPasswordProps) {
  return (
    <Modal
      opened={confirmation !== undefined}
      onClose={() => confirmation?.answer(false)}
      title="Your password, please"
      size="sm"
      stackId="confirm-password"
      closeOnClickOutside={false}
    >
      {confirmation && <ConfirmForm confirmation={confirmation} />}
    </Modal>
  )
}

function ConfirmForm({ confirmation }: { confirmation: Confirmation }) {
  const { api } = useDesk()
  const me = useMe()
  const input = useRef<HTMLFormElement>(null)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (password) => (password === '' ? 'Enter your password.' : null) },
  })
  const { submit, busy, error } = useSubmit(
    async (password: string) => {
      await api.call('confirmSession', { body: { password } })
      confirmation.answer(true)
    },
    () => input.current?.querySelector<HTMLInputElement>('[name="password"]')?.select(),
  )

  return (
    <form
      ref={input}
      noValidate
      className={classes['form']}
      onSubmit={form.onSubmit(
        ({ password }) => void submit(password),
        () => form.getInputNode('password')?.focus(),
      )}
    >
      <p>This changes who has access, and you last gave your password a while ago.</p>
      {/* So that password managers know whose password it is. */}
      <input
        type="email"
        name="username"
        autoComplete="username"
        value={me.email}
        readOnly
        hidden
      />
      <CurrentPasswordField
        key={form.key('password')}
        label="Password"
        field={form.getInputProps('password')}
        autoFocus
      />
      <Refusal error={error} />
      <div className={classes['buttons']}>
        <Button variant="default" onClick={() => confirmation.answer(false)}>
          Cancel
        </Button>
        <Button type="submit" loading={busy}>
          Go on
        </Button>
      </div>
    </form>
  )
}
