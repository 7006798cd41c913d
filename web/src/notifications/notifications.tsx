import type { AppliedEvent } from '@deskbell/client'
import { useCallbackRef } from '@mantine/hooks'
import { Suspense, useRef } from 'react'
import { useAppliedEvents } from '../live/use-applied-events.ts'
import { lazyPart } from '../ui/lazy-part.ts'

const Alerts = lazyPart(() => import('../alerts/alerts.tsx'), 'Alerts')
const Toasts = lazyPart(() => import('./toasts.tsx'), 'Toasts')

/** More than come while a chunk loads. */
const keptAtMost = 200

/** What tells the person of changes that are not on the screen. Events that come while it loads are kept for it. */
export function Notifications() {
  const early = useRef<AppliedEvent[] | undefined>([])
  useAppliedEvents((applied) => {
    if (early.current !== undefined && early.current.length < keptAtMost)
      early.current.push(applied)
  })
  const takeEarly = useCallbackRef(() => {
    const kept = early.current ?? []
    early.current = undefined
    return kept
  })
  return (
    <>
      <Suspense fallback={null}>
        <Toasts takeEarly={takeEarly} />
      </Suspense>
      <Suspense fallback={null}>
        <Alerts />
      </Suspense>
    </>
  )
}
