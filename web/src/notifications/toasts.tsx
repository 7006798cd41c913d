import { useParams } from '@tanstack/react-router'
import { Suspense, useSyncExternalStore } from 'react'
import { lazyPart } from '../ui/lazy-part.ts'
import { useAway } from './away/use-away.ts'
import { EventToasts } from './event-toasts.tsx'
import type { EventToastsProps } from './event-toasts.tsx'
import { ToastCard } from './toast-card.tsx'
import { ToastNews } from './toast-news.tsx'
import { toastStore } from './toast-store.ts'
import classes from './toasts.module.css'

const AwayPanel = lazyPart(() => import('./away/away-panel.tsx'), 'AwayPanel')

/** The corner with the last three toasts, the newest on top: a toast under the pointer does not move when another comes. */
export function Toasts({ takeEarly }: Pick<EventToastsProps, 'takeEarly'>) {
  const away = useAway()
  const { toasts, more, held } = useSyncExternalStore(toastStore.subscribe, toastStore.current)
  const { ref } = useParams({ strict: false })
  return (
    <>
      <EventToasts covers={away.covers} takeEarly={takeEarly} />
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
        <Suspense fallback={null}>
          {away.missed !== undefined && (
            <AwayPanel missed={away.missed} seen={away.seen} close={away.close} />
          )}
        </Suspense>
      </section>
    </>
  )
}
