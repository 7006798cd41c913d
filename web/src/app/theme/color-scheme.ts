import { localStorageColorSchemeManager } from '@mantine/core'

/** Remembers light or dark in this browser, so that the next visit starts with it. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'deskbell-color-scheme' })

/** Marks the page light or dark: as remembered, or else as the system prefers. */
export function applyColorScheme() {
  const wanted = colorSchemeManager.get('auto')
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  const dark = wanted === 'dark' || (wanted === 'auto' && prefersDark)
  document.documentElement.dataset['mantineColorScheme'] = dark ? 'dark' : 'light'
}
