import { useForm } from '@mantine/form'
import type { Confirmation } from '../live/confirmation-context.ts'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { Dialog } from '../ui/dialog.tsx'
import { CurrentPasswordField } from '../ui/password/current-password-field.tsx'
import { DialogForm } from '../ui/dialog-form.tsx'
import { useSubmit } from '../ui/use-submit.ts'

interface ConfirmPasswordProps {
  /** Undefined while no call waits for the password. */
  confirmation: Confirmation | undefined
}

/** Asks for the password again. Then the waiting call goes on; the form behind it keeps its contents. */
export function ConfirmPassword({ confirmation }: ConfirmPasswordProps) {
  return (
    <Dialog
      opened={confirmation !== undefined}
      onClose={() => confirmation?.answer(false)}
      title="Your password, please"
      size="sm"
      stackId="confirm-password"
      closeOnClickOutside={false}
    >
      {confirmation && <ConfirmForm confirmation={confirmation} />}
    </Dialog>
  )
}

function ConfirmForm({ confirmation }: { confirmation: Confirmation }) {
  const { api } = useDesk()
  const me = useMe()
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
    () => {
      const field = form.getInputNode('password')
      if (field instanceof HTMLInputElement) field.select()
    },
  )

  return (
    <DialogForm
      button="Continue"
      busy={busy}
      error={error}
      onSubmit={form.onSubmit(
        ({ password }) => void submit(password),
        () => form.getInputNode('password')?.focus(),
      )}
      onCancel={() => confirmation.answer(false)}
    >
      <p>This changes who has access, and you last entered your password some time ago.</p>
      <CurrentPasswordField
        key={form.key('password')}
        label="Password"
        email={me.email}
        field={form.getInputProps('password')}
        autoFocus
      />
    </DialogForm>
  )
}
