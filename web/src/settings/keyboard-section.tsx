import { Checkbox } from '@mantine/core'
import { useSingleKeys } from '../shell/shortcuts.tsx'
import { KeyHint } from '../ui/marks/key-hint.tsx'
import { SettingsSection } from './settings-section.tsx'

/** Switches single-key shortcuts off, for people who dictate or press keys by accident. */
export function KeyboardSection() {
  const [on, turn] = useSingleKeys()
  return (
    <SettingsSection
      title="Keyboard"
      text={
        <>
          Press <KeyHint keys="?" /> on any page to see every shortcut. Kept on this device.
        </>
      }
    >
      <Checkbox
        label="Single keys are shortcuts"
        description="Like C for a new ticket. Off, only those with ⌘ or Ctrl work."
        checked={on}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
    </SettingsSection>
  )
}
