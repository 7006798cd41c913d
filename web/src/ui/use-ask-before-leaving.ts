import { useEffect } from 'react'

/** Has the browser ask before the page is closed or loaded anew, while that would lose something. */
export function useAskBeforeLeaving(loses: boolean) {
  useEffect(() => {
    if (!loses) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [loses])
}
