import { ApiError } from '@deskbell/client'
import { CookieRefusedError } from './cookie-refused-error.ts'

const cookiesNeeded =
  'This browser does not keep cookies of this site, and Deskbell needs one to know who is signed in. Allow cookies for this site, then reload the page.'

/** A sentence for the person that says what went wrong. */
export function sayError(error: unknown): string {
  if (error instanceof CookieRefusedError) return cookiesNeeded
  if (!(error instanceof ApiError)) return 'Something went wrong in this window. Nothing was lost.'
  if (error.code === 'network') {
    return 'Deskbell cannot be reached right now. Check your connection and try again.'
  }
  const { code, retryInMs } = error
  if (retryInMs !== undefined && code === 'session.throttled')
    return `Too many failed attempts. Please wait ${waitWords(retryInMs)} before you try again.`
  if (retryInMs !== undefined && code === 'request.tooMany')
    return `That was too often. Nothing was changed; please try again in ${waitWords(retryInMs)}.`
  return error.message
}

function waitWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds <= 1) return 'a second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'a minute' : `${minutes} minutes`
}
