import { isStaff } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { SettingSwitch } from './setting-switch.tsx'

/** Whether others see how far this person has seen tickets. */
export function ReceiptsField() {
  const { settings, role } = useMe()
  const desk = useDesk()
  return (
    <SettingSwitch
      label="Staff see what I have seen"
      description={
        isStaff(role)
          ? 'On a ticket, your name stands under the newest message that you have seen. Switched off, you do not see what others have seen either, and your looks count without your name. Requesters see only that somebody of the team has looked.'
          : 'On a ticket, your name stands under the newest message that you have seen. Switched off, staff cannot tell whether you have read their answer.'
      }
      checked={settings.receipts}
      save={(receipts) => desk.editMe({ settings: { receipts } })}
    />
  )
}
