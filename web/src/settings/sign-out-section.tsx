import { Button } from '@mantine/core'
import { useAuth } from '../live/use-auth.ts'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { SettingsSection } from './settings-section.tsx'
import classes from './settings.module.css'

export function SignOutSection() {
  const { signOut } = useAuth()
  const { submit, busy, error } = useSubmit(signOut)
  return (
    <SettingsSection
      title="Sign out"
      text="On this device. Your drafts, and what is not sent yet, stay here for next time."
    >
      <div className={classes['form']}>
        <Refusal error={error} />
        <div className={classes['foot']}>
          <Button variant="default" loading={busy} onClick={() => void submit()}>
            Sign out
          </Button>
        </div>
      </div>
    </SettingsSection>
  )
}
