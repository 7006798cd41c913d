import type { Match } from '@deskbell/contract'
import type { ReactNode } from 'react'

/** One line of the palette. */
export interface PaletteItem {
  id: string
  group: string
  label: string
  icon: ReactNode
  /** Where a search found its words, when not in the label. */
  match?: Match
  /** Its shortcut, as given to `useShortcut`. */
  keys?: string
  run: () => void
}
