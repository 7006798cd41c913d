import { Button, CloseButton } from '@mantine/core'
import { IconAlertSquareRounded, IconAlertTriangle, IconBell, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { KeyHint } from '../ui/marks/key-hint.tsx'
import type { Toast } from './toast-store.ts'
import { toastStore } from './toast-store.ts'
import classes from './toasts.module.css'

const icons = {
  plain: IconBell,
  error: IconAlertTriangle,
  urgent: IconAlertSquareRounded,
  done: IconCheck,
}

interface ToastCardProps {
  toast: Toast
  /** The pointer or the focus is on one of the toasts. */
  held: boolean
}

export function ToastCard({ toast, held }: ToastCardProps) {
  const { id, tone, lastsMs, version } = toast
  const Icon = icons[tone]

  // The timer restarts with each line, and pauses while the pointer or the focus is on a toast.
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => toastStore.dismiss(id), lastsMs)
    return () => clearTimeout(timer)
  }, [held, id, lastsMs, version])

  return (
    <div
      className={classes['card']}
      data-tone={tone}
      onPointerEnter={() => toastStore.hold(id)}
      onPointerLeave={() => toastStore.letGo(id)}
      onFocus={() => toastStore.hold(id)}
      onBlur={() => toastStore.letGo(id)}
    >
      <Icon size={18} stroke={1.6} className={classes['icon']} aria-hidden="true" />
      <div className={classes['words']}>
        <ToastTitle toast={toast} />
        <ToastLines toast={toast} />
      </div>
      {toast.action && (
        <Button
          size="compact-xs"
          variant="default"
          rightSection={<KeyHint keys={toast.action.keys} />}
          onClick={toast.action.run}
        >
          {toast.action.label}
        </Button>
      )}
      <CloseButton size="sm" aria-label="Dismiss" onClick={() => toastStore.dismiss(id)} />
    </div>
  )
}

interface PartProps {
  toast: Toast
}

/** The title of a toast about a ticket or about several leads to where they are. */
function ToastTitle({ toast }: PartProps) {
  return (
    <p className={classes['title']}>
      <ToastLink toast={toast}>
        <bdi>{toast.title}</bdi>
      </ToastLink>
    </p>
  )
}

function ToastLink({ toast, children }: PartProps & { children: ReactNode }) {
  const { id, ticketNumber, news, burst } = toast
  const link = { className: classes['link'] ?? '', onClick: () => toastStore.dismiss(id) }
  if (burst.size > 0 && news !== undefined) {
    return (
      <Link to="/" search={news.where} {...link}>
        {children}
      </Link>
    )
  }
  if (ticketNumber === undefined) return children
  return (
    <Link to="/tickets/$ref" params={{ ref: String(ticketNumber) }} search={true} {...link}>
      {children}
    </Link>
  )
}

function ToastLines({ toast: { lines, earlier, burst } }: PartProps) {
  const word = burst.size > 0 ? 'ticket' : 'change'
  return (
    <>
      {earlier > 0 && (
        <p className={classes['line']}>{`${earlier} earlier ${word}${earlier === 1 ? '' : 's'}`}</p>
      )}
      {lines.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
        <p key={index} className={classes['line']}>
          <bdi>{line}</bdi>
        </p>
      ))}
    </>
  )
}
