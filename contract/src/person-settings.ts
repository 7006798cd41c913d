import type { Settings } from './types.ts'

/** The settings of a new person, and in accounts and events from before a setting existed. */
export const initialPersonSettings: Settings = {
  theme: 'auto',
  autoAdvance: true,
  receipts: true,
}
