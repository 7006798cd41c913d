import { useMediaQuery } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { BottomBar } from './bottom-bar.tsx'
import { ConnectionNews } from './connection-news.tsx'
import { FrameShortcuts } from './frame-shortcuts.tsx'
import { KeepOpenTickets } from './keep-open-tickets.tsx'
import { OfflineStrip } from './offline-strip.tsx'
import { Rail } from './rail.tsx'
import { ThemeFollower } from './theme-follower.tsx'
import { UnreadIcon } from './unread-icon.tsx'
import classes from './frame.module.css'
import { useRemembered } from './use-remembered.ts'

const loadPalette = () => import('../palette/palette.tsx')
const loadShortcutsSheet = () => import('../palette/shortcuts-sheet.tsx')
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })))
const ShortcutsSheet = lazy(() =>
  loadShortcutsSheet().then((module) => ({ default: module.ShortcutsSheet })),
)
const Toasts = lazy(() =>
  import('../notifications/toasts.tsx').then((module) => ({ default: module.Toasts })),
)

/** What surrounds every page of someone signed in. */
export function Frame() {
  const phone = useMediaQuery('(max-width: 719px)', undefined, { getInitialValueInEffect: false })
  const [rail, setRail] = useRemembered('deskbell-rail', ['open', 'folded'])
  const palette = useLazyDialog()
  const shortcuts = useLazyDialog()
  usePreloadedDialogs()
  const fold = () => setRail(rail === 'open' ? 'folded' : 'open')
  return (
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
        {phone && <OfflineStrip />}
        <Outlet />
      </main>
      {phone && <BottomBar onPalette={palette.open} onShortcuts={shortcuts.open} />}
      <FrameShortcuts onFold={fold} onPalette={palette.open} onShortcuts={shortcuts.open} />
      <KeepOpenTickets />
      <ConnectionNews />
      <UnreadIcon />
      <ThemeFollower />
      <Suspense fallback={null}>
        <Toasts />
        {palette.used && <Palette opened={palette.opened} onClose={palette.close} />}
        {shortcuts.used && <ShortcutsSheet opened={shortcuts.opened} onClose={shortcuts.close} />}
      </Suspense>
    </div>
  )
}

/** Late enough for the page to come first, early enough for hands that go to ⌘K at once. */
const preloadAfterMs = 500

/** Dialogs opened by a key must be there at once: letters typed while one loads are lost, or taken for shortcuts. */
function usePreloadedDialogs() {
  useEffect(() => {
    const load = () => void Promise.allSettled([loadPalette(), loadShortcutsSheet()])
    const timer = setTimeout(load, preloadAfterMs)
    return () => clearTimeout(timer)
  }, [])
}

/** A dialog that is rendered when first opened, and stays, so that it can give the focus back. */
function useLazyDialog() {
  const [state, setState] = useState({ used: false, opened: false })
  return {
    ...state,
    open: () => setState({ used: true, opened: true }),
    close: () => setState({ used: true, opened: false }),
  }
}
