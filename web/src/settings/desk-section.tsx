import { deskSettingNames } from '@deskbell/contract'
import { useResource } from '../live/use-resource.ts'
import { Splash } from '../ui/splash.tsx'
import { DeskSettingForm } from './desk-setting-form.tsx'
import classes from './settings.module.css'
import { SettingsSection } from './settings-section.tsx'

/** The settings of the whole desk, for super admins. */
export function DeskSection() {
  const settings = useResource('settings')
  return (
    <SettingsSection
      title="Desk"
      text="For everyone here. Only super admins see and change these, and the audit log has each change."
    >
      {settings === undefined ? (
        <Splash />
      ) : (
        <div className={classes['form']}>
          {deskSettingNames.map((name) => (
            <DeskSettingForm key={name} name={name} value={settings[name]} />
          ))}
        </div>
      )}
    </SettingsSection>
  )
}
