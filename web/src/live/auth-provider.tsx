import { createApi, isSignedOut } from '@deskbell/client'
import type { Api } from '@deskbell/client'
import type { Reply } from '@deskbell/contract'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { AuthContext } from './auth-context.ts'
import type { AuthState } from './auth-context.ts'
import { baseUrl } from './base-url.ts'
import { CookieRefusedError } from '../ui/cookie-refused-error.ts'
import { sessionEnded } from './session-ended.ts'

type Session = Pick<
  AuthState,
  'me' | 'maxUploadBytes' | 'failedSignIns' | 'status' | 'notice' | 'left'
>

const signedOut: Session = {
  me: undefined,
  maxUploadBytes: 0,
  failedSignIns: undefined,
  status: 'signedOut',
  notice: undefined,
  left: false,
}

interface AuthProviderProps {
  children: ReactNode
}

/**
 * Knows who is signed in: it asks the server once; after that sign-in, sign-out and the live session report changes.
 */
export function AuthProvider({ children }: AuthProviderProps) {
  const [api] = useState(() => createApi({ baseUrl }))
  const [session, setSession] = useState<Session>({ ...signedOut, status: 'loading' })

  const ask = useCallback(
    (signal?: AbortSignal) =>
      currentSession(api, signal).then((found) => {
        if (!signal?.aborted) setSession(found)
      }),
    [api],
  )

  useEffect(() => {
    const asking = new AbortController()
    void ask(asking.signal)
    return () => asking.abort()
  }, [ask])

  const auth = useMemo<AuthState>(
    () => ({
      api,
      ...session,
      signedIn: async (reply: Reply<'signIn'>) => {
        const { status } = await currentSession(api)
        if (status === 'signedOut') throw new CookieRefusedError()
        setSession(sessionOf(reply))
      },
      signOut: async () => {
        await leave(session.me?.id)
        setSession({ ...signedOut, left: true })
      },
      dismissFailedSignIns: () => {
        const until = session.failedSignIns?.lastAt
        setSession({ ...session, failedSignIns: undefined })
        // If this call fails, the next visit shows them again.
        if (until !== undefined)
          api.call('dismissFailedSignIns', { query: { until } }).catch(() => undefined)
      },
      ended: (reason) => setSession({ ...signedOut, notice: sessionEnded(reason) }),
      retry: () => {
        setSession({ ...signedOut, status: 'loading' })
        void ask()
      },
    }),
    [api, ask, session],
  )

  return <AuthContext value={auth}>{children}</AuthContext>
}

function sessionOf({ me, maxUploadBytes, failedSignIns }: Reply<'session'>): Session {
  return {
    ...signedOut,
    me,
    maxUploadBytes,
    failedSignIns: failedSignIns ?? undefined,
    status: 'signedIn',
  }
}

async function currentSession(api: Api, signal?: AbortSignal): Promise<Session> {
  try {
    return sessionOf(await api.call('session', signal === undefined ? {} : { signal }))
  } catch (error) {
    if (isSignedOut(error)) return signedOut
    return { ...signedOut, status: 'unreachable' }
  }
}

async function leave(person: string | undefined) {
  try {
    await createApi({ baseUrl, ...(person !== undefined && { person }) }).call('signOut')
  } catch (error) {
    // The session has ended already, even if someone else is signed in now: the result is the one that was asked for.
    if (!isSignedOut(error)) throw error
  }
}
