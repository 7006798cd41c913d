import { Checkbox } from '@mantine/core'
import { toastError } from '../notifications/toast.ts'

interface SettingSwitchProps {
  label: string
  description: string
  checked: boolean
  save: (on: boolean) => Promise<void>
}

/** A setting that is on or off; a choice shows at once, and a change by someone else, too. */
export function SettingSwitch({ save, ...shown }: SettingSwitchProps) {
  function choose(on: boolean) {
    save(on).catch((error: unknown) => toastError('The setting was not saved', error))
  }

  return <Checkbox {...shown} onChange={(event) => choose(event.currentTarget.checked)} />
}
