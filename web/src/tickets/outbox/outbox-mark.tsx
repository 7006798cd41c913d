import { UnstyledButton } from '@mantine/core'
import { IconAlertCircle, IconClockPause } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from '../../ui/lazy-part.ts'
import classes from './outbox-mark.module.css'
import { useWaiting } from './use-waiting.ts'

const OutboxDialog = lazyPart(() => import('./outbox-dialog.tsx'), 'OutboxDialog')

/** Late enough that the page loads first. */
const loadAfterMs = 1000

interface OutboxMarkProps {
  folded?: boolean
}

/** How many changes wait to be sent; nothing while all is sent. */
export function OutboxMark({ folded = false }: OutboxMarkProps) {
  const waiting = useWaiting()
  const [state, setState] = useState({ used: false, opened: false })
  const router = useRouter()
  // Without a connection nothing can be loaded: the list, the form for a new ticket and the page that it becomes.
  useEffect(() => {
    const timer = setTimeout(() => {
      setState((before) => ({ ...before, used: true }))
      const pages = [
        router.preloadRoute({ to: '/new' }),
        router.preloadRoute({ to: '/tickets/$ref', params: { ref: 'new' } }),
      ]
      Promise.all(pages).catch(() => undefined)
    }, loadAfterMs)
    return () => clearTimeout(timer)
  }, [router])
  const refused = waiting.filter(({ error }) => error !== undefined).length
  const isEmpty = waiting.length === 0
  const words = [
    refused > 0 && `${refused} not sent`,
    waiting.length > refused && `${waiting.length - refused} waiting`,
  ].filter((part) => part !== false)
  return (
    <>
      {!isEmpty && (
        <UnstyledButton
          className={classes['mark']}
          data-refused={refused > 0 || undefined}
          data-folded={folded || undefined}
          aria-haspopup="dialog"
          title={folded ? words.join(', ') : undefined}
          onClick={() => setState({ used: true, opened: true })}
        >
          {refused > 0 ? (
            <IconAlertCircle size={16} aria-hidden />
          ) : (
            <IconClockPause size={16} aria-hidden />
          )}
          <span className={classes['words']}>{words.join(', ')}</span>
        </UnstyledButton>
      )}
      <Suspense fallback={null}>
        {state.used && (
          <OutboxDialog
            opened={state.opened}
            waiting={waiting}
            onClose={() => setState({ used: true, opened: false })}
          />
        )}
      </Suspense>
    </>
  )
}
