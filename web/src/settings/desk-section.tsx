import { deskSettingNames, deskSettings, isSwitch, mayManageDesk } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { useResource } from '../live/use-resource.ts'
import { NotLoaded } from '../shell/not-loaded.tsx'
import { DeskSettingForm } from './desk-setting-form.tsx'
import { SettingSwitch } from './setting-switch.tsx'
import classes from './settings.module.css'
import { SettingsSection } from './settings-section.tsx'

/** The settings of the whole desk, for super admins. Others read whose they are. */
export function DeskSection() {
  if (mayManageDesk(useMe())) return <DeskSettings />
  return (
    <SettingsSection title="Desk" text="For everyone here.">
      <p className={classes['whose']}>
        Super admins see and change the settings of the whole desk, such as when resolved tickets
        close by themselves. Ask one of them if something should be different.
      </p>
    </SettingsSection>
  )
}

function DeskSettings() {
  const desk = useDesk()
  const settings = useResource('settings')
  return (
    <SettingsSection
      title="Desk"
      text="For everyone here. Only super admins see and change these, and the audit log has each change."
    >
      {settings === undefined ? (
        <NotLoaded what="The settings of the desk" />
      ) : (
        <div className={classes['form']}>
          {deskSettingNames.map((name) =>
            isSwitch(name) ? (
              <SettingSwitch
                key={name}
                label={deskSettings[name].title}
                description={deskSettings[name].text}
                checked={settings[name]}
                save={(on) => desk.editSettings({ [name]: on })}
              />
            ) : (
              <DeskSettingForm key={name} name={name} value={settings[name]} />
            ),
          )}
        </div>
      )}
    </SettingsSection>
  )
}
