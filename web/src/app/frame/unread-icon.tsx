import { useEffect } from 'react'
import { useUnreadCount } from '../../live/use-unread-count.ts'

/** What the person reads at once, in the open ticket, does not flash in the icon: the browser draws each anew. */
const settlesMs = 1000

/** Shows the number of unread tickets in the window's icon, and on that of the installed app. */
export function UnreadIcon() {
  const unread = useUnreadCount()
  useEffect(() => {
    const timer = setTimeout(() => show(unread), settlesMs)
    return () => clearTimeout(timer)
  }, [unread])
  useEffect(() => () => show(0), [])
  return null
}

function show(unread: number) {
  // Only an installed app has a badge; elsewhere the call does nothing, or fails.
  navigator.setAppBadge?.(unread).catch(() => undefined)
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  const icon = iconOf(unread)
  if (link !== null && link.href !== icon) link.href = icon
}

/**
 * A data URL, also without a number: switching back to the file would request it, whenever a change of someone else
 * clears the number.
 */
function iconOf(unread: number): string {
  const sign = unread > 0 ? numberSign(unread > 99 ? '99' : String(unread)) : bell
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4650d8"/>${sign}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** The same shapes as in favicon.svg. */
const bell =
  '<path d="M7 22h18v-1.2a9 9 0 0 0-18 0z" fill="#fff"/><rect x="6" y="23.4" width="20" height="2.6" rx="1.3" fill="#fff"/><circle cx="16" cy="9.4" r="2.2" fill="#fff"/>'

function numberSign(count: string): string {
  return `<text x="16" y="23" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${count.length > 1 ? 19 : 22}" fill="#fff">${count}</text>`
}
