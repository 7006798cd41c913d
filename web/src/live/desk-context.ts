import { createContext } from 'react'
import type { Desk } from '@deskbell/client'

export const DeskContext = createContext<Desk | undefined>(undefined)
