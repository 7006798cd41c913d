import type { Match } from '@deskbell/contract'
import type { ReactNode } from 'react'

/** One line of the palette. */
export interface PaletteItem {
  id: string
  group: string
  label: string
  icon: ReactNode
  /** The text in which a search found its words, when it is not the label. */
  match?: Match
  /** The item's shortcut, in the form that `useShortcut` takes. */
  keys?: string
  run: () => void
}
