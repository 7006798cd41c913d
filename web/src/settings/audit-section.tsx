import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { SettingsSection } from './settings-section.tsx'

/** Leads super admins to the audit log. */
export function AuditSection() {
  return (
    <SettingsSection
      title="Audit"
      text="Who signed in, who changed accounts and settings, and who corrected or removed what others wrote."
    >
      <Button component={Link} to="/settings/audit" variant="default">
        Open the audit log
      </Button>
    </SettingsSection>
  )
}
