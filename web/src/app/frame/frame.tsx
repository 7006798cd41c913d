import { ModalStack, VisuallyHidden, useMantineColorScheme } from '@mantine/core'
import { useCallbackRef, useMediaQuery } from '@mantine/hooks'
import { Outlet, useMatch } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { Notifications } from '../../notifications/notifications.tsx'
import { AskForPassword } from '../ask-for-password.tsx'
import { FailedSignInsNotice } from '../strips/failed-sign-ins-notice.tsx'
import { FrameShortcuts } from './frame-shortcuts.tsx'
import { NewVersionStrip } from '../strips/new-version-strip.tsx'
import { OfflineStrip } from '../strips/offline-strip.tsx'
import { Rail } from './rail.tsx'
import { SlowedStrip } from '../strips/slowed-strip.tsx'
import { OutboxMark } from '../../tickets/outbox/outbox-mark.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import classes from './frame.module.css'
import { useRemembered } from '../use-remembered.ts'
import { useConnection } from '../../live/use-connection.ts'
import { useMe } from '../../live/use-me.ts'
import { useKeptFocus } from '../../shell/keep-focus.ts'

const BottomBar = lazyPart(() => import('./bottom-bar.tsx'), 'BottomBar')
const Palette = lazyPart(() => import('../../palette/palette.tsx'), 'Palette')
const UnreadIcon = lazyPart(() => import('./unread-icon.tsx'), 'UnreadIcon')
const ShortcutsSheet = lazyPart(() => import('../../palette/shortcuts-sheet.tsx'), 'ShortcutsSheet')

/** Surrounds every page of a signed-in person. */
export function Frame() {
  const phone = useMediaQuery('(max-width: 719px)', undefined, { getInitialValueInEffect: false })
  // The list and the ticket say by themselves that there is no connection.
  const isList = useIsList()
  const [rail, setRail] = useRemembered('deskbell-rail', ['open', 'folded'])
  const palette = useLazyDialog()
  const shortcuts = useLazyDialog()
  useKeptFocus()
  const fold = useCallbackRef(() => setRail(rail === 'open' ? 'folded' : 'open'))
  return (
    // Of several open dialogs the stack shows only the last, and Esc closes only that one.
    <ModalStack>
      <div className={classes['frame']}>
        <a className={classes['skip']} href="#content">
          Skip to the content
        </a>
        {!phone && (
          <Rail
            folded={rail === 'folded'}
            onFold={fold}
            onPalette={palette.open}
            onShortcuts={shortcuts.open}
          />
        )}
        <main id="content" className={classes['content']} tabIndex={-1}>
          {(phone || !isList) && <OfflineStrip />}
          {phone && <OutboxMark />}
          <NewVersionStrip />
          <SlowedStrip />
          <FailedSignInsNotice />
          <Outlet />
        </main>
        <Suspense fallback={null}>
          {phone && <BottomBar onPalette={palette.open} onShortcuts={shortcuts.open} />}
        </Suspense>
        <FrameShortcuts
          onFold={phone ? undefined : fold}
          onPalette={palette.open}
          onShortcuts={shortcuts.open}
        />
        <ConnectionNews />
        <Suspense fallback={null}>
          <UnreadIcon />
        </Suspense>
        <ThemeFollower />
        <Notifications />
        <AskForPassword />
        <Suspense fallback={null}>
          {palette.used && <Palette opened={palette.opened} onClose={palette.close} />}
          {shortcuts.used && <ShortcutsSheet opened={shortcuts.opened} onClose={shortcuts.close} />}
        </Suspense>
      </div>
    </ModalStack>
  )
}

function useIsList(): boolean {
  const is = { shouldThrow: false, select: () => true } as const
  const isTickets = useMatch({ from: '/desk/tickets', ...is })
  const isInbox = useMatch({ from: '/desk/inbox', ...is })
  return isTickets === true || isInbox === true
}

/** Late enough that the page loads first, early enough for people who press ⌘K at once. */
const loadAfterMs = 500

/**
 * A dialog that is loaded and rendered closed soon after the page, so that its key opens it at once: letters typed
 * while it loads would be lost, or count as shortcuts. It stays mounted, to give the focus back.
 */
function useLazyDialog() {
  const [state, setState] = useState({ used: false, opened: false })
  useEffect(() => {
    const timer = setTimeout(() => setState(({ opened }) => ({ used: true, opened })), loadAfterMs)
    return () => clearTimeout(timer)
  }, [])
  // They keep their identity, so that nothing around the dialog renders when it opens.
  const [actions] = useState(() => ({
    open: () => setState({ used: true, opened: true }),
    close: () => setState({ used: true, opened: false }),
  }))
  return { ...state, ...actions }
}

/** Announces to screen readers when the connection is lost and when it is back, without reading the countdown. */
function ConnectionNews() {
  const { state } = useConnection()
  return (
    <VisuallyHidden>
      <output>{state === 'offline' ? 'Offline' : state === 'live' ? 'Live' : ''}</output>
    </VisuallyHidden>
  )
}

/** Applies light or dark as this person chose, also when they chose it in another window. */
function ThemeFollower() {
  const { settings } = useMe()
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  useEffect(() => setColorScheme(settings.theme), [settings.theme, setColorScheme])
  return null
}
