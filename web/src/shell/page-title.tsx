import { useEffect } from 'react'
import { useUnreadCount } from '../live/use-unread-count.ts'

interface PageTitleProps {
  children: string
}

/** The title of the window: the number of unread tickets, then the name of the page. */
export function PageTitle({ children }: PageTitleProps) {
  const unread = useUnreadCount()
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${children} · Deskbell`
  }, [children, unread])
  return null
}
