import { useEffect } from 'react'
import { useUnreadCount } from '../live/use-unread-count.ts'

/** The window's small icon carries the number of tickets with something new. */
export function UnreadIcon() {
  const unread = useUnreadCount()
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (link === null) return undefined
    link.href = unread > 0 ? drawn(unread > 99 ? '99' : String(unread)) : '/favicon.svg'
    return () => {
      link.href = '/favicon.svg'
    }
  }, [unread])
  return null
}

function drawn(count: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4650d8"/><text x="16" y="23" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${count.length > 1 ? 19 : 22}" fill="#fff">${count}</text></svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
