import { Checkbox } from '@mantine/core'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { toastError } from '../notifications/toast.ts'

/** Whether the next ticket opens when the open one leaves the list; a choice shows at once. */
export function AutoAdvanceField() {
  const { settings } = useMe()
  const desk = useDesk()

  function choose(autoAdvance: boolean) {
    desk
      .editMe({ settings: { autoAdvance } })
      .catch((error: unknown) => toastError('The setting was not saved', error))
  }

  return (
    <Checkbox
      label="Open the next ticket by itself"
      description="When you close, move or assign the open ticket, and it leaves the list by that."
      checked={settings.autoAdvance}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  )
}
