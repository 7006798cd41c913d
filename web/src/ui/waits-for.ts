import { createContext, use } from 'react'

/** What the changes wait for that the server has not confirmed, as a sentence; undefined while they are on their way. */
export const WaitsForContext = createContext<string | undefined>(undefined)

export function useWaitsFor(): string | undefined {
  return use(WaitsForContext)
}
