import { useMediaQuery } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
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

const Palette = lazy(() =>
  import('../palette/palette.tsx').then((module) => ({ default: module.Palette })),
)
const ShortcutsSheet = lazy(() =>
  import('../palette/shortcuts-sheet.tsx').then((module) => ({ default: module.ShortcutsSheet })),
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

/** A dialog that is loaded when first opened, and stays, so that it can give the focus back. */
function useLazyDialog() {
  const [state, setState] = useState({ used: false, opened: false })
  return {
    ...state,
    open: () => setState({ used: true, opened: true }),
    close: () => setState({ used: true, opened: false }),
  }
}
