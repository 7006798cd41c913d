import { mayManageDesk, mayManageTags, mayReadAudit, maySeeStorage } from '@deskbell/contract'
import { PageTitle } from '../shell/page-title.tsx'
import { useMe } from '../live/use-me.ts'
import { Page } from '../ui/page.tsx'
import { AlertsSection } from './alerts-section.tsx'
import { AuditSection } from './audit-section.tsx'
import { AutoAdvanceField } from './auto-advance-field.tsx'
import { DeskSection } from './desk-section.tsx'
import { EmailMeFields } from './email-me-fields.tsx'
import { EmailSection } from './email-section.tsx'
import { KeyboardSection } from './keyboard-section.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { ReceiptsField } from './receipts-field.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { SettingsSection } from './settings-section.tsx'
import { SignOutSection } from './sign-out-section.tsx'
import { StorageSection } from './storage-section.tsx'
import { TagsSection } from './tags/tags-section.tsx'
import { ThemeField } from './theme-field.tsx'

/** The person's own account, and how the app looks. */
export function SettingsPage() {
  const me = useMe()
  return (
    <Page title="Settings" narrow>
      <PageTitle>Settings</PageTitle>
      <SettingsSection
        title="You"
        text="Your name as colleagues see it on tickets, what they see of your reading, and what you are sent by e-mail."
      >
        <NameForm />
        <ReceiptsField />
        <EmailMeFields />
      </SettingsSection>
      <AlertsSection />
      <SettingsSection title="Look" text="On every device where you are signed in.">
        <ThemeField />
      </SettingsSection>
      <SettingsSection title="Tickets" text="On every device where you are signed in.">
        <AutoAdvanceField />
      </SettingsSection>
      <KeyboardSection />
      <SettingsSection
        title="Password"
        text="When it changes, you stay signed in here and are signed out everywhere else."
      >
        <PasswordForm />
      </SettingsSection>
      <SessionsSection />
      {mayManageTags(me) && <TagsSection />}
      <DeskSection />
      {mayManageDesk(me) && <EmailSection />}
      {maySeeStorage(me) && <StorageSection />}
      {mayReadAudit(me) && <AuditSection />}
      <SignOutSection />
    </Page>
  )
}
