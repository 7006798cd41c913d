import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { SettingSwitch } from './setting-switch.tsx'

/** Whether the next ticket opens when the open one leaves the list. */
export function AutoAdvanceField() {
  const { settings } = useMe()
  const desk = useDesk()
  return (
    <SettingSwitch
      label="Open the next ticket by itself"
      description="When you close, move or assign the open ticket, and it leaves the list by that."
      checked={settings.autoAdvance}
      save={(autoAdvance) => desk.editMe({ settings: { autoAdvance } })}
    />
  )
}
