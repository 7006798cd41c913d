import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useState,
} from 'react'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { createShortcutRegistry } from './shortcut-registry.ts'
import type { Shortcut, ShortcutRegistry } from './shortcut-registry.ts'

const ShortcutsContext = createContext<ShortcutRegistry | undefined>(undefined)

interface ShortcutsProviderProps {
  children: ReactNode
}

export function ShortcutsProvider({ children }: ShortcutsProviderProps) {
  const [registry] = useState(createShortcutRegistry)
  useEffect(() => {
    document.addEventListener('keydown', registry.press)
    return () => document.removeEventListener('keydown', registry.press)
  }, [registry])
  return <ShortcutsContext value={registry}>{children}</ShortcutsContext>
}

/**
 * Registers a key for an action while the component is mounted: `c`, `/`, `Escape`, a chord like `g o`, or `mod+k` (⌘
 * or Ctrl). Single keys and chords do nothing while someone types or a dialog is open. If several use the same keys,
 * the newest works. `enabled: false` removes it from the keyboard and the lists.
 */
export function useShortcut(
  keys: string,
  label: string,
  group: string,
  handler: () => void,
  options: { enabled?: boolean } = {},
) {
  const registry = useRegistry()
  const id = useId()
  const run = useEffectEvent(handler)
  const enabled = options.enabled ?? true
  // A layout effect runs before the paint: a person who sees the thing may press its key at once.
  useLayoutEffect(() => {
    if (!enabled) return undefined
    return registry.add({ id, keys, label, group, run: () => run() })
  }, [registry, id, keys, label, group, enabled])
}

/**
 * While something with shortcuts loads, keeps the first single key that means nothing yet, and presses it when the thing
 * is there.
 */
export function useEarlyKey(isLoading: boolean): void {
  const registry = useRegistry()
  useEffect(() => {
    if (isLoading) registry.keepEarly()
    else registry.pressEarly()
  }, [registry, isLoading])
  useEffect(() => registry.dropEarly, [registry])
}

/** Every shortcut that works right now, for the sheet and the palette. */
export function useShortcuts(): readonly Shortcut[] {
  const registry = useRegistry()
  return useSyncExternalStore(registry.subscribe, registry.current)
}

/** Whether single keys are shortcuts: people who dictate or press keys by accident can switch them off. Remembered. */
export function useSingleKeys(): [on: boolean, turn: (on: boolean) => void] {
  const registry = useRegistry()
  return [useSyncExternalStore(registry.subscribe, registry.singleKeys), registry.turnSingleKeys]
}

function useRegistry(): ShortcutRegistry {
  const registry = use(ShortcutsContext)
  if (registry === undefined) throw new Error('Shortcuts are used inside ShortcutsProvider.')
  return registry
}
