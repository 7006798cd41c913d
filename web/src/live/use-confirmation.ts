import { use } from 'react'
import { ConfirmationContext } from './confirmation-context.ts'
import type { Confirmation } from './confirmation-context.ts'

/** The call that waits for the person's password, if there is one. */
export function useConfirmation(): Confirmation | undefined {
  return use(ConfirmationContext)
}
