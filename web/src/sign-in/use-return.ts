import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Goes on to `next`, a path of this app, or to the list, once there is someone to go. */
export function useReturn(ready: boolean, next: string | undefined) {
  const { history } = useRouter()
  useEffect(() => {
    if (ready) history.replace(safePath(next))
  }, [ready, next, history])
}

/** A link may carry any `next`: never leave this site for it, nor come back here. */
function safePath(next: string | undefined): string {
  const here = window.location.origin
  if (next === undefined || !URL.canParse(next, here)) return '/'
  const url = new URL(next, here)
  if (url.origin !== here || url.pathname === '/sign-in') return '/'
  return url.pathname + url.search + url.hash
}
