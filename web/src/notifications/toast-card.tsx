import { Button, CloseButton } from '@mantine/core'
import { IconAlertSquareRounded, IconAlertTriangle, IconBell, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
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
}

export function ToastCard({ toast }: ToastCardProps) {
  const { id, tone, lastsMs, version } = toast
  const [held, setHeld] = useState(false)
  const Icon = icons[tone]

  // The timer restarts with each line, and pauses while the pointer or the focus is on the toast.
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => toastStore.dismiss(id), lastsMs)
    return () => clearTimeout(timer)
  }, [held, id, lastsMs, version])

  return (
    <div
      className={classes['card']}
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={18} stroke={1.6} className={classes['icon']} aria-hidden="true" />
      <div className={classes['words']}>
        <ToastTitle toast={toast} />
        <ToastLines lines={toast.lines} />
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

function ToastTitle({ toast: { id, title, ticketNumber } }: ToastCardProps) {
  if (ticketNumber === undefined) return <p className={classes['title']}>{title}</p>
  return (
    <p className={classes['title']}>
      <Link
        to="/tickets/$ref"
        params={{ ref: String(ticketNumber) }}
        search={true}
        className={classes['link']}
        onClick={() => toastStore.dismiss(id)}
      >
        <bdi>{title}</bdi>
      </Link>
    </p>
  )
}

function ToastLines({ lines }: Pick<Toast, 'lines'>) {
  const hidden = lines.length - 2
  return (
    <>
      {hidden > 0 && (
        <p
          className={classes['line']}
        >{`${hidden} earlier ${hidden === 1 ? 'change' : 'changes'}`}</p>
      )}
      {lines.slice(-2).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
        <p key={index} className={classes['line']}>
          <bdi>{line}</bdi>
        </p>
      ))}
    </>
  )
}
