import { use } from 'react'
import { ConfirmationContext } from './confirmation-context.ts'
import type { Confirmation } from './confirmation-context.ts'

/** What waits for the person's password, while something does. */
export function useConfirmation(): Confirmation | undefined {
  return use(ConfirmationContext)
}
