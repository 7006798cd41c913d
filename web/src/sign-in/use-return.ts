import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { safePath } from './safe-path.ts'

/** Once `ready`, goes to `next`, a path of this app, or else to the list. */
export function useReturn(ready: boolean, next: string | undefined) {
  const { history } = useRouter()
  useEffect(() => {
    if (ready) history.replace(safePath(next, window.location.origin))
  }, [ready, next, history])
}
