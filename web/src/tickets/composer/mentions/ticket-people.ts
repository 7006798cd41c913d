import type { PersonRef } from '@deskbell/contract'
import { createContext } from 'react'

/** The people on the open ticket, whom mentions offer first; nobody while there is none. */
export const TicketPeople = createContext<readonly PersonRef[]>([])
