import { useEffect } from 'react'
import { useUnreadCount } from '../live/use-unread-count.ts'

interface PageTitleProps {
  children: string
}

/** The title of the window: how much is new, then what this page is. */
export function PageTitle({ children }: PageTitleProps) {
  const unread = useUnreadCount()
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${children} · Deskbell`
  }, [children, unread])
  return null
}
