import { useSyncExternalStore } from 'react'

/** Whether a person can be looking at this window: it is visible and has the focus. */
export function useInFocus(): boolean {
  return useSyncExternalStore(listen, () => !document.hidden && document.hasFocus())
}

function listen(notify: () => void): () => void {
  window.addEventListener('focus', notify)
  window.addEventListener('blur', notify)
  document.addEventListener('visibilitychange', notify)
  return () => {
    window.removeEventListener('focus', notify)
    window.removeEventListener('blur', notify)
    document.removeEventListener('visibilitychange', notify)
  }
}
