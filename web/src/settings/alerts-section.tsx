import { useMe } from '../live/use-me.ts'
import { useAlertSettings } from '../alerts/alert-settings.ts'
import { DesktopFields } from './desktop-fields.tsx'
import { PushFields } from './push-fields.tsx'
import { SettingsSection } from './settings-section.tsx'
import { SoundFields } from './sound-fields.tsx'

/** How this device alerts the person while Deskbell is open in it. */
export function AlertsSection() {
  const [settings, change] = useAlertSettings(useMe().id)
  return (
    <SettingsSection
      title="Notifications"
      text="What this device does when something concerns you. Several tabs alert you once. Kept on this device."
    >
      <DesktopFields settings={settings} onChange={change} />
      <PushFields settings={settings} onChange={change} />
      <SoundFields settings={settings} onChange={change} />
    </SettingsSection>
  )
}
