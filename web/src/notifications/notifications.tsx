import { Suspense } from 'react'
import { lazyPart } from '../ui/lazy-part.ts'
import { useAway } from './away/use-away.ts'
import { EventToasts } from './event-toasts.tsx'

const Alerts = lazyPart(() => import('../alerts/alerts.tsx'), 'Alerts')
const Toasts = lazyPart(() => import('./toasts.tsx'), 'Toasts')

/** What tells the person of changes that are not on the screen. */
export function Notifications() {
  const away = useAway()
  return (
    <>
      <EventToasts covers={away.covers} />
      <Suspense fallback={null}>
        <Toasts away={away} />
      </Suspense>
      <Suspense fallback={null}>
        <Alerts />
      </Suspense>
    </>
  )
}
