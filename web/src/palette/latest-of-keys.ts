import type { Shortcut } from '../shell/shortcut-registry.ts'

/** Among shortcuts with the same keys, only the newest works. */
export function latestOfKeys(shortcuts: readonly Shortcut[]): Shortcut[] {
  return shortcuts.filter(
    (shortcut, i) => !shortcuts.slice(i + 1).some(({ keys }) => keys === shortcut.keys),
  )
}
