import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { sayError } from '../ui/say-error.ts'

interface Toast {
  /** A toast with the same id is replaced. */
  id?: string
  title?: ReactNode
  message: ReactNode
}

/** A short word in the corner, for what the person cannot see on the page. */
export function toast({ id, title, message }: Toast) {
  notifications.show({ ...(id === undefined ? {} : { id }), title, message })
}

/** Says that something did not work, and why. Nothing was lost: whoever calls this keeps what was typed. */
export function toastError(title: string, error: unknown) {
  notifications.show({ title, message: sayError(error), color: 'red', autoClose: 8000 })
}
