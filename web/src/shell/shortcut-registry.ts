import { isComposing, shortcutOf } from './key-of.ts'
import { remember } from '../ui/remember.ts'

export interface Shortcut {
  id: string
  keys: string
  label: string
  group: string
  run: () => void
}

export interface ShortcutRegistry {
  /** Returns a function that removes the shortcut. */
  add(shortcut: Shortcut): () => void
  press(event: KeyboardEvent): void
  subscribe(listener: () => void): () => void
  current(): readonly Shortcut[]
  singleKeys(): boolean
  turnSingleKeys(on: boolean): void
}

/** How long the first key of a chord waits for the second. */
const chordMs = 1000
const storageKey = 'deskbell-single-keys'

export function createShortcutRegistry(): ShortcutRegistry {
  let shortcuts: readonly Shortcut[] = []
  let singleKeys = localStorage.getItem(storageKey) !== 'off'
  let first = { key: '', at: 0 }
  const listeners = new Set<() => void>()

  function tell() {
    for (const listener of listeners) listener()
  }

  function add(shortcut: Shortcut) {
    shortcuts = [...shortcuts, shortcut]
    tell()
    return () => {
      shortcuts = shortcuts.filter((other) => other !== shortcut)
      tell()
    }
  }

  function press(event: KeyboardEvent) {
    if (event.defaultPrevented || isComposing(event)) return
    const key = shortcutOf(event)
    if (key === undefined || (!key.startsWith('mod+') && (!singleKeys || isElsewhere(event))))
      return
    const chord = event.timeStamp - first.at < chordMs ? `${first.key} ${key}` : key
    const found =
      shortcuts.findLast(({ keys }) => keys === chord) ??
      shortcuts.findLast(({ keys }) => keys === key)
    first = { key, at: found === undefined ? event.timeStamp : -chordMs }
    if (found === undefined) return
    event.preventDefault()
    found.run()
  }

  return {
    add,
    press,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    current: () => shortcuts,
    singleKeys: () => singleKeys,
    turnSingleKeys: (on) => {
      singleKeys = on
      remember(storageKey, on ? 'on' : 'off')
      tell()
    },
  }
}

/**
 * Whether single keys belong to something else: someone types, chooses from a menu, presses a button, or has a dialog
 * open.
 */
function isElsewhere({ key, target }: KeyboardEvent): boolean {
  if (document.querySelector('[aria-modal="true"]') !== null) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (key === 'Enter' && target.closest('a, button, label') !== null) return true
  return target.closest(`${typing}, [role="menu"], [role="listbox"], [role="dialog"]`) !== null
}

const typing =
  'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])'
