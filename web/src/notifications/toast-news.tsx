import { VisuallyHidden } from '@mantine/core'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { announcement } from './announcement.ts'
import type { Toast } from './toast-store.ts'

/** A burst is over when nothing came for so long: it is heard once. */
const quietMs = 800
/** Before its toast is gone. */
const atMostMs = 4000

interface ToastNewsProps {
  toasts: readonly Toast[]
}

/** Tells screen readers of new toasts. It is always mounted, so that they announce what is put in. */
export function ToastNews({ toasts }: ToastNewsProps) {
  const [said, setSaid] = useState({ text: '', heard: 0 })
  const since = useRef<number>(undefined)
  const newest = Math.max(0, ...toasts.map(({ version }) => version))
  const say = useEffectEvent(() => {
    since.current = undefined
    setSaid({ text: announcement(toasts, said.heard), heard: newest })
  })
  useEffect(() => {
    if (newest <= said.heard) return undefined
    since.current ??= Date.now()
    const leftMs = Math.max(since.current + atMostMs - Date.now(), 0)
    const timer = setTimeout(() => say(), Math.min(quietMs, leftMs))
    return () => clearTimeout(timer)
  }, [newest, said.heard])
  return (
    <VisuallyHidden>
      <output>
        {/* Equal words are heard again when they are another element. */}
        <span key={said.heard}>{said.text}</span>
      </output>
    </VisuallyHidden>
  )
}
