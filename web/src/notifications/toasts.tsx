import { useParams } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { ToastCard } from './toast-card.tsx'
import { toastStore } from './toast-store.ts'
import classes from './toasts.module.css'

/** The corner with the last three toasts. It is always mounted, so that screen readers announce new ones. */
export function Toasts() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current)
  const { ref } = useParams({ strict: false })
  return (
    <section
      className={classes['corner']}
      // The button that sends a reply is in the same corner.
      data-raised={ref !== undefined || undefined}
      aria-label="Notifications"
    >
      <ol className={classes['list']} aria-live="polite" aria-relevant="additions text">
        {toasts.map((toast) => (
          <li key={toast.id}>
            <ToastCard toast={toast} />
          </li>
        ))}
      </ol>
    </section>
  )
}
