import { useSyncExternalStore } from 'react'

/** `insecure`: the page is on plain http, where browsers show no notifications. `ask`: the person was not asked yet. */
export type DesktopPermission = 'insecure' | 'unsupported' | 'ask' | 'blocked' | 'allowed'

export function desktopPermission(): DesktopPermission {
  if (!window.isSecureContext) return 'insecure'
  if (typeof Notification === 'undefined') return 'unsupported'
  if (Notification.permission === 'granted') return 'allowed'
  return Notification.permission === 'denied' ? 'blocked' : 'ask'
}

/** The permission, also as it changes in the browser's own settings. */
export function useDesktopPermission(): DesktopPermission {
  return useSyncExternalStore(listen, desktopPermission)
}

/** Asks the person. Only for a click: browsers block sites that ask by themselves. */
export async function askForDesktop(): Promise<void> {
  if (desktopPermission() === 'ask') await Notification.requestPermission()
}

function listen(notify: () => void): () => void {
  const stop = new AbortController()
  window.addEventListener('focus', notify, { signal: stop.signal })
  navigator.permissions?.query({ name: 'notifications' }).then(
    (status) => status.addEventListener('change', notify, { signal: stop.signal }),
    // The browser does not tell of changes.
    () => undefined,
  )
  return () => stop.abort()
}
