import { useMe } from '../live/use-me.ts'
import { CurrentPasswordField } from '../ui/password/current-password-field.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import { NewPasswordField } from '../ui/password/new-password-field.tsx'
import { Refusal } from '../ui/refusal.tsx'
import classes from './settings.module.css'
import { usePasswordChange } from './use-password-change.ts'

export function PasswordForm() {
  const me = useMe()
  const { form, onSubmit, changed, busy, error } = usePasswordChange()
  return (
    <form noValidate className={classes['form']} onSubmit={onSubmit}>
      <CurrentPasswordField
        key={form.key('current')}
        label="Current password"
        email={me.email}
        field={form.getInputProps('current')}
      />
      <NewPasswordField
        key={form.key('password')}
        label="New password"
        field={form.getInputProps('password')}
        owner={() => me}
      />
      <Refusal error={error} />
      <div className={classes['foot']}>
        <SubmitButton variant="default" busy={busy}>
          Change the password
        </SubmitButton>
        <span role="status" className={classes['saved']}>
          {changed && 'Changed. Your other sessions ended.'}
        </span>
      </div>
    </form>
  )
}
