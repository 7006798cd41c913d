import { isStaff } from '@deskbell/contract'
import { Checkbox, Modal } from '@mantine/core'
import { useMe } from '../live/use-me.ts'
import { formatKeys } from '../shell/format-keys.ts'
import { useShortcuts, useSingleKeys } from '../shell/shortcuts.tsx'
import type { Shortcut } from '../shell/shortcut-registry.ts'
import { KeyHint } from '../ui/marks/key-hint.tsx'
import { latestOfKeys } from './latest-of-keys.ts'
import classes from './shortcuts-sheet.module.css'

interface ShortcutsSheetProps {
  opened: boolean
  onClose: () => void
}

/** Every shortcut that works on this page. */
export function ShortcutsSheet({ opened, onClose }: ShortcutsSheetProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size={720}>
      <Sheet />
    </Modal>
  )
}

function Sheet() {
  const groups = Map.groupBy(latestOfKeys(useShortcuts()), ({ group }) => group)
  const [singleKeys, turnSingleKeys] = useSingleKeys()
  const { role } = useMe()
  return (
    <>
      <div className={classes['groups']}>
        {[...groups].map(([group, shortcuts]) => (
          <Group key={group} title={group} shortcuts={shortcuts} />
        ))}
        <Group title="While writing" shortcuts={writing(isStaff(role))} />
      </div>
      {!groups.has('Ticket') && (
        <p className={classes['more']}>An open ticket has more. Press ? there to see them.</p>
      )}
      <Checkbox
        className={classes['switch'] ?? ''}
        label="Single keys are shortcuts"
        description="Off, only those with ⌘ or Ctrl work. Kept on this device."
        checked={singleKeys}
        onChange={(event) => turnSingleKeys(event.currentTarget.checked)}
      />
    </>
  )
}

/** The text fields themselves handle these keys, so they are not registered. */
function writing(staff: boolean) {
  const resolves = { keys: 'mod+shift+Enter', label: 'Send and set to Resolved' }
  return [
    { keys: 'mod+Enter', label: 'Send' },
    ...(staff ? [resolves] : []),
    ...Object.values(formatKeys),
  ]
}

interface GroupProps {
  title: string
  shortcuts: readonly Pick<Shortcut, 'keys' | 'label'>[]
}

function Group({ title, shortcuts }: GroupProps) {
  return (
    <section className={classes['section']}>
      <h3 className={classes['title']}>{title}</h3>
      <dl className={classes['list']}>
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className={classes['line']}>
            <dt>{label}</dt>
            <dd>
              <KeyHint keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
