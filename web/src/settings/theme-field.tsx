import { SegmentedControl } from '@mantine/core'
import '@mantine/core/styles/SegmentedControl.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import { themes } from '@deskbell/contract'
import type { Theme } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { toastError } from '../notifications/toast.ts'
import { themeWords } from '../ui/words/words.ts'
import classes from './settings.module.css'

/** Light, dark, or the device's setting; a choice shows at once. */
export function ThemeField() {
  const { settings } = useMe()
  const desk = useDesk()

  function choose(theme: Theme) {
    desk
      .editMe({ settings: { theme } })
      .catch((error: unknown) => toastError('The theme was not saved', error))
  }

  return (
    <SegmentedControl
      aria-label="Theme"
      className={classes['theme'] ?? ''}
      data={themes.map((theme) => ({ value: theme, label: themeWords[theme] }))}
      value={settings.theme}
      onChange={choose}
    />
  )
}
