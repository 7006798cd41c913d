import { localStorageColorSchemeManager } from '@mantine/core'

/** Remembers light or dark in this browser: start.js begins the next visit with it. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'deskbell-color-scheme' })
