import {
  IconArrowRight,
  IconBolt,
  IconBrightnessHalf,
  IconLogout,
  IconTicket,
} from '@tabler/icons-react'
import { themes } from '@deskbell/contract'
import { useShortcuts } from '../shell/shortcuts.tsx'
import { useAuth } from '../live/use-auth.ts'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { toastError } from '../notifications/toast.ts'
import { themeWords } from '../ui/words/words.ts'
import { latestOfKeys } from './latest-of-keys.ts'
import type { PaletteItem } from './palette-item.ts'

/** The commands of this page, the choice of light or dark, and signing out. */
export function useCommands(): PaletteItem[] {
  const shortcuts = latestOfKeys(useShortcuts()).filter(({ keys }) => !isMovement(keys))
  const { settings } = useMe()
  const { signOut } = useAuth()
  const desk = useDesk()

  const fromKeys = shortcuts.map(({ id, group, label, keys, run }) => {
    const Icon = icons[group] ?? IconBolt
    return { id, group, label, keys, run, icon: <Icon size={16} stroke={1.75} /> }
  })
  const looks = themes
    .filter((theme) => theme !== settings.theme)
    .map((theme) => ({
      id: `theme-${theme}`,
      group: 'You',
      label: `Theme: ${themeWords[theme].toLowerCase()}`,
      icon: <IconBrightnessHalf size={16} stroke={1.75} />,
      run: () => {
        desk
          .editMe({ settings: { theme } })
          .catch((error: unknown) => toastError('The theme was not saved', error))
      },
    }))
  const leave = {
    id: 'sign-out',
    group: 'You',
    label: 'Sign out',
    icon: <IconLogout size={16} stroke={1.75} />,
    run: () => {
      signOut().catch((error: unknown) => toastError('You are still signed in', error))
    },
  }
  return inOrder([...fromKeys, ...looks, leave])
}

const icons: Partial<Record<string, typeof IconBolt>> = {
  Ticket: IconTicket,
  'Go to': IconArrowRight,
}

/** The nearest groups come first; groups without a place here come after these, before `You`. */
const order = ['Ticket', 'Anywhere', 'Go to']

function inOrder(items: readonly PaletteItem[]): PaletteItem[] {
  const rank = ({ group }: PaletteItem) =>
    group === 'You' ? order.length + 1 : (order.indexOf(group) + 1 || order.length + 1) - 1
  return items.toSorted((a, b) => rank(a) - rank(b))
}

/** Keys that make no sense as commands, and the key that opened the palette. */
function isMovement(keys: string): boolean {
  return ['mod+k', 'j', 'k', 'x', '/', 'Enter', 'Escape'].includes(keys)
}
