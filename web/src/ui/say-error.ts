import { DeskError } from '@deskbell/client'
import { CookieRefusedError } from './cookie-refused-error.ts'

const cookiesNeeded =
  'This browser does not keep cookies of this site, and Deskbell needs one to know who is signed in. Allow cookies for this site, then reload the page.'

/** What went wrong, in a sentence for the person in front of it. */
export function sayError(error: unknown): string {
  if (error instanceof CookieRefusedError) return cookiesNeeded
  if (!(error instanceof DeskError)) return 'Something went wrong in this window. Nothing was lost.'
  if (error.code === 'network') {
    return 'Deskbell cannot be reached right now. Check your connection and try again.'
  }
  if (error.code === 'session.throttled') return tooOften(error)
  return error.message
}

function tooOften({ message, details }: DeskError): string {
  if (typeof details !== 'object' || details === null || !('retryInMs' in details)) return message
  const minutes = Math.max(1, Math.ceil(Number(details.retryInMs) / 60_000))
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `Too many failed attempts. Please wait ${wait} before you try again.`
}
