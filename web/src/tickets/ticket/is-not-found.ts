import { ApiError } from '@deskbell/client'

/** The ticket does not exist, or this reader may not see it. `request.invalid`: the address cannot name a ticket. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.code === 'not.found' || error.code === 'request.invalid')
  )
}
