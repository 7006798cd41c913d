import { use, useCallback, useSyncExternalStore } from 'react'
import { AuthContext } from './auth-context.ts'
import type { AuthState } from './auth-context.ts'
import { DeskContext } from './desk-context.ts'

export interface Auth extends AuthState {
  isSocketConnected: boolean
}

/** Who is signed in, and whether their socket is connected. */
export function useAuth(): Auth {
  const auth = use(AuthContext)
  if (auth === undefined) throw new Error('useAuth is called inside AuthProvider.')
  const desk = use(DeskContext)
  const subscribe = useCallback(
    (listener: () => void) => desk?.subscribe(listener) ?? (() => undefined),
    [desk],
  )
  const isSocketConnected = useSyncExternalStore(
    subscribe,
    () => desk?.isSocketConnected() ?? false,
  )
  return { ...auth, isSocketConnected }
}
