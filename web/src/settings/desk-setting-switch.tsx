import { Checkbox } from '@mantine/core'
import { deskSettings } from '@deskbell/contract'
import type { DeskSettingOf } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { toastError } from '../notifications/toast.ts'

interface DeskSettingSwitchProps {
  name: DeskSettingOf<'switch'>
  value: boolean
}

/** A setting that is on or off; a choice shows at once, and a change by someone else, too. */
export function DeskSettingSwitch({ name, value }: DeskSettingSwitchProps) {
  const { title, text } = deskSettings[name]
  const desk = useDesk()

  function choose(to: boolean) {
    desk
      .editSettings({ [name]: to })
      .catch((error: unknown) => toastError('The setting was not saved', error))
  }

  return (
    <Checkbox
      label={title}
      description={text}
      checked={value}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  )
}
