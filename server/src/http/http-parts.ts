import type { DraftMessage } from '@deskbell/contract'
import type { StorageLimits } from '../config.ts'
import type { Db } from '../database/types.ts'
import type { Admission } from '../files/admit-uploads.ts'
import type { FileStore } from '../files/file-store.ts'
import type { PasswordCaller, Passwords } from '../people/secrets.ts'
import type { Looks } from '../tickets/changes/gather-looks.ts'
import type { DeviceCookie } from './device-cookie.ts'
import type { Limiter } from './limits/limiter.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { SignInThrottle } from './limits/sign-in-throttle.ts'

/** The parts that the routes use. */
export interface HttpParts {
  db: Db
  looks: Looks
  files: FileStore
  filesDirectory: string
  admission: Admission
  storage: StorageLimits
  cookie: SessionCookie
  device: DeviceCookie
  limiter: Limiter
  throttle: SignInThrottle
  passwordsFor: (caller: PasswordCaller) => Passwords
  /** Tells a person's own devices that a draft changed. */
  tellDraft: (personId: string, changed: DraftMessage['data']) => void
  /** The public key of the desk for messages to devices. Null: it has no contact to name, so there are none. */
  pushKey: string | null
  reportBug: (bug: unknown) => void
  maxUploadBytes: number
  /** The base URL for links: the configured address. Undefined: the request's origin is used. */
  publicUrl: string | undefined
  /** Whether links to set a password go out by e-mail too. */
  sendsEmail: boolean
}
