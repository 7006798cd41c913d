import { createContext } from 'react'
import type { Api } from '@deskbell/client'
import type { FailedSignIns, Me, Reply } from '@deskbell/contract'

export interface AuthState {
  /** For the calls that need no live desk: set-up, sign-in, invitations. */
  api: Api
  me: Me | undefined
  /** The largest file that the server takes. */
  maxUploadBytes: number
  /** What this person has not dismissed yet. */
  failedSignIns: FailedSignIns | undefined
  /** `unreachable`: the server did not say whether someone is signed in. */
  status: 'loading' | 'signedOut' | 'signedIn' | 'unreachable'
  /** Why the last session ended without this person's doing, as a sentence for the sign-in page. */
  notice: string | undefined
  /** This person signed out here: the next one starts at the beginning. */
  left: boolean
  /**
   * Takes the reply of a call that signs in: sign-in, set-up or an accepted invitation. Rejects with a
   * CookieRefusedError when the browser did not keep the cookie that came with it.
   */
  signedIn(reply: Reply<'signIn'>): Promise<void>
  /** Rejects with a ApiError when the server could not be told; the person is then still signed in. */
  signOut(): Promise<void>
  /** Does not show them again. */
  dismissFailedSignIns(): void
  /** The server ended this session. */
  ended(reason: string): void
  /** Asks again who is signed in, after `unreachable`. */
  retry(): void
}

export const AuthContext = createContext<AuthState | undefined>(undefined)
