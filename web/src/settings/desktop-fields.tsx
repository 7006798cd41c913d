import { Checkbox } from '@mantine/core'
import type { AlertSettings } from '../alerts/alert-settings.ts'
import { askForDesktop, useDesktopPermission } from '../alerts/desktop-permission.ts'
import type { DesktopPermission } from '../alerts/desktop-permission.ts'
import classes from './settings.module.css'

export interface AlertFieldsProps {
  settings: AlertSettings
  onChange: (change: Partial<AlertSettings>) => void
}

/** Why this device shows none. */
const hindrances: Partial<Record<DesktopPermission, string>> = {
  insecure:
    'This page came over plain http, and browsers show notifications only of pages that came over https. Whoever runs this Deskbell can change that.',
  unsupported: 'This browser has no notifications for pages that are open in it.',
  blocked:
    'This browser blocks notifications of Deskbell. Allow them in its settings for this site, usually behind the mark beside the address.',
}

/** Whether notifications of the desktop show what comes while the person looks at something else. */
export function DesktopFields({ settings, onChange }: AlertFieldsProps) {
  const permission = useDesktopPermission()
  const hindrance = hindrances[permission]
  const isOn = settings.desktop && permission === 'allowed'

  function turn(desktop: boolean) {
    onChange({ desktop })
    // A browser without an answer leaves the switch off.
    if (desktop) void askForDesktop().catch(() => undefined)
  }

  return (
    <div className={classes['form']}>
      <Checkbox
        label="Show notifications on the desktop"
        description="Of what comes while no tab of Deskbell is in sight, or nobody used it for two minutes."
        checked={isOn}
        disabled={hindrance !== undefined}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      {hindrance !== undefined && <p className={classes['whose']}>{hindrance}</p>}
      {isOn && (
        <Checkbox
          label="With the ticket’s title and the first words of what was written"
          description="Others who see this screen can read them. Off, a notification says who did what, and the number of the ticket."
          checked={settings.texts}
          onChange={(event) => onChange({ texts: event.currentTarget.checked })}
        />
      )}
    </div>
  )
}
