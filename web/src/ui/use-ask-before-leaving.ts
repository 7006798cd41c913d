import { useEffect } from 'react'

/** Makes the browser ask before the page is closed or reloaded, while that would lose something. */
export function useAskBeforeLeaving(loses: boolean) {
  useEffect(() => {
    if (!loses) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [loses])
}
