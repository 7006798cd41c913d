import { createContext } from 'react'
import type { Api } from '@deskbell/client'
import type { FailedSignIns, Me, Reply } from '@deskbell/contract'

export interface AuthState {
  /** For the calls that need no live desk: set-up, sign-in, invitations. */
  api: Api
  me: Me | undefined
  /** The largest file that the server accepts, in bytes. */
  maxUploadBytes: number
  /** The failed sign-ins that this person has not dismissed yet. */
  failedSignIns: FailedSignIns | undefined
  /** `unreachable`: the server did not answer whether someone is signed in. */
  status: 'loading' | 'signedOut' | 'signedIn' | 'unreachable'
  /** A sentence for the sign-in page that says why the last session ended, when this person did not end it. */
  notice: string | undefined
  /** This person signed out here, so the next person starts at the front page. */
  left: boolean
  /**
   * Takes the reply of a call that signs in: sign-in, set-up or an accepted invitation. Rejects with a
   * CookieRefusedError when the browser did not keep the cookie that came with the reply.
   */
  signedIn(reply: Reply<'signIn'>): Promise<void>
  /** Rejects with an ApiError when the call does not reach the server; the person is then still signed in. */
  signOut(): Promise<void>
  /** Dismisses the failed sign-ins. */
  dismissFailedSignIns(): void
  /** The server ended this session. */
  ended(reason: string): void
  /** Asks the server again who is signed in, after `unreachable`. */
  retry(): void
}

export const AuthContext = createContext<AuthState | undefined>(undefined)
