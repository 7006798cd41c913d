import { createContext } from 'react'

/** A call that waits for the person's password. */
export interface Confirmation {
  /** The password was given, or nothing is to be done. */
  answer(isConfirmed: boolean): void
}

export const ConfirmationContext = createContext<Confirmation | undefined>(undefined)
