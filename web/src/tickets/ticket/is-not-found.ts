import { ApiError } from '@deskbell/client'

/** It is not there, or it is not this reader's to see; `request.invalid`: what stands in the address is no ticket at all. */
export function isNotFound(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.code === 'not.found' || error.code === 'request.invalid')
  )
}
