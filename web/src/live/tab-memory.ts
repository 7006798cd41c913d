import { createContext, use } from 'react'
import type { UploadList } from '../tickets/composer/files/upload-list.ts'

/** What this tab remembers of a desk beside its data, for as long as someone is signed in. */
export interface TabMemory {
  /** How many changes of each ticket this tab has under way or just made, by the ticket's id. */
  changing: Map<string, number>
  /** How far each list was scrolled, in pixels, by its key. */
  scrollTops: Map<string, number>
  /** The files on their way, by where they go. */
  uploads: Map<string, UploadList>
}

export function createTabMemory(): TabMemory {
  return { changing: new Map(), scrollTops: new Map(), uploads: new Map() }
}

export const TabMemoryContext = createContext<TabMemory | undefined>(undefined)

export function useTabMemory(): TabMemory {
  const memory = use(TabMemoryContext)
  if (memory === undefined) throw new Error('useTabMemory is called inside DeskProvider.')
  return memory
}
