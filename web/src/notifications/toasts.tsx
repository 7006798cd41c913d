import { useParams } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { AwayPanel } from './away/away-panel.tsx'
import type { Away } from './away/use-away.ts'
import { ToastCard } from './toast-card.tsx'
import { ToastNews } from './toast-news.tsx'
import { toastStore } from './toast-store.ts'
import classes from './toasts.module.css'

/** The corner with the last three toasts, the newest on top: a toast under the pointer does not move when another comes. */
export function Toasts({ away }: { away: Away }) {
  const { toasts, more, held } = useSyncExternalStore(toastStore.subscribe, toastStore.current)
  const { ref } = useParams({ strict: false })
  return (
    <>
      <ToastNews toasts={toasts} />
      <section
        className={classes['corner']}
        // The button that sends a reply is in the same corner.
        data-raised={ref !== undefined || undefined}
        aria-label="Notifications"
      >
        {more > 0 && <p className={classes['more']}>and {more.toLocaleString('en')} more</p>}
        <ol className={classes['list']} data-focus-after="">
          {toasts.toReversed().map((toast) => (
            <li key={toast.id}>
              <ToastCard toast={toast} held={held.size > 0} />
            </li>
          ))}
        </ol>
        <AwayPanel missed={away.missed} seen={away.seen} close={away.close} />
      </section>
    </>
  )
}
