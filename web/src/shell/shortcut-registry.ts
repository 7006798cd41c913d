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
  /** From now on keeps the first single key that has no meaning yet: what it belongs to still loads. */
  keepEarly(): void
  /** What was loading is there, with its shortcuts: the kept key is pressed. */
  pressEarly(): void
  /** Forgets the kept key. */
  dropEarly(): void
  subscribe(listener: () => void): () => void
  current(): readonly Shortcut[]
  singleKeys(): boolean
  turnSingleKeys(on: boolean): void
}

/** Who pressed a key longer ago has gone on to something else. */
const keptMs = 5000
/** How long the first key of a chord waits for the second. */
const chordMs = 1000
const storageKey = 'deskbell-single-keys'

export function createShortcutRegistry(): ShortcutRegistry {
  let shortcuts: readonly Shortcut[] = []
  let singleKeys = localStorage.getItem(storageKey) !== 'off'
  let first = { key: '', at: 0 }
  let early: { key: string; at: number } | 'none' | undefined
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
    // What is typed after a kept key is meant for what that key opens.
    if (key.length === 1 && typeof early === 'object' && event.timeStamp - early.at < keptMs)
      return event.preventDefault()
    const chord = event.timeStamp - first.at < chordMs ? `${first.key} ${key}` : key
    const found =
      shortcuts.findLast(({ keys }) => keys === chord) ??
      shortcuts.findLast(({ keys }) => keys === key)
    first = { key, at: found === undefined ? event.timeStamp : -chordMs }
    if (found === undefined) {
      if (early === 'none' && key.length === 1) early = { key, at: event.timeStamp }
      return
    }
    event.preventDefault()
    found.run()
  }

  function pressEarly() {
    const kept = early
    early = undefined
    if (kept === undefined || kept === 'none' || performance.now() - kept.at > keptMs) return
    if (!isTakingKeys(document.activeElement))
      shortcuts.findLast(({ keys }) => keys === kept.key)?.run()
  }

  return {
    add,
    press,
    keepEarly() {
      early = 'none'
    },
    pressEarly,
    dropEarly() {
      early = undefined
    },
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
  if (isTakingKeys(target)) return true
  return (
    key === 'Enter' && target instanceof HTMLElement && target.closest('a, button, label') !== null
  )
}

function isTakingKeys(target: EventTarget | null): boolean {
  if (target instanceof HTMLElement) {
    if (target.isContentEditable) return true
    if (target.closest(`${typing}, [role="menu"], [role="listbox"], [role="dialog"]`) !== null)
      return true
  }
  // Last, because it searches the whole page: for each letter of a reply it would search a thousand comments.
  return document.querySelector('[aria-modal="true"]') !== null
}

const typing =
  'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])'
