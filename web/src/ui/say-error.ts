import { DeskError } from '@deskbell/client'

/** What went wrong, in a sentence for the person in front of it. */
export function sayError(error: unknown): string {
  if (!(error instanceof DeskError)) return 'Something went wrong in this window. Nothing was lost.'
  if (error.code === 'network') {
    return 'Deskbell cannot be reached right now. Check your connection and try again.'
  }
  return error.message
}
