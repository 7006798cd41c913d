import { createContext } from 'react'

/** A call that waits for the person's password. */
export interface Confirmation {
  /** `true`: the person entered the password. `false`: the call is given up. */
  answer(isConfirmed: boolean): void
}

export const ConfirmationContext = createContext<Confirmation | undefined>(undefined)
