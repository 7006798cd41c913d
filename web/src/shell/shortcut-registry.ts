import { isComposing, keyOf } from './key-of.ts'
import { remember } from '../ui/remember.ts'

export interface Shortcut {
  id: string
  keys: string
  label: string
  group: string
  /** It opens something that takes keys, a moment later. */
  opens: boolean
  run: () => void
}

export interface ShortcutRegistry {
  /** Returns a function that removes the shortcut. */
  add(shortcut: Shortcut): () => void
  press(event: KeyboardEvent): void
  focus(event: FocusEvent): void
  subscribe(listener: () => void): () => void
  current(): readonly Shortcut[]
  singleKeys(): boolean
  turnSingleKeys(on: boolean): void
}

/** How long the first key of a chord waits for the second. */
const chordMs = 1000
/** How long keys wait for what a shortcut opens. */
const openingMs = 1000
const storageKey = 'deskbell-single-keys'

export function createShortcutRegistry(): ShortcutRegistry {
  let shortcuts: readonly Shortcut[] = []
  let singleKeys = localStorage.getItem(storageKey) !== 'off'
  let first = { key: '', at: 0 }
  /** What a shortcut is opening, and what was typed since. */
  let opening: { at: number; text: string } | undefined
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
    if (key === undefined) return
    if (!key.startsWith('mod+')) {
      if (isElsewhere(event)) return
      if (opening !== undefined && event.timeStamp - opening.at < openingMs) {
        if (event.key.length === 1) opening.text += event.key
        event.preventDefault()
        return
      }
      if (!singleKeys) return
    }
    const chord = event.timeStamp - first.at < chordMs ? `${first.key} ${key}` : key
    const found =
      shortcuts.findLast(({ keys }) => keys === chord) ??
      shortcuts.findLast(({ keys }) => keys === key)
    first = { key, at: found === undefined ? event.timeStamp : -chordMs }
    if (found === undefined) return
    event.preventDefault()
    opening = found.opens ? { at: event.timeStamp, text: '' } : undefined
    found.run()
  }

  /** What a shortcut opened has the focus: it takes what was typed meanwhile, if it takes text. */
  function focus({ target }: FocusEvent) {
    if (opening === undefined || !(target instanceof HTMLElement)) return
    const { text } = opening
    if (isTextField(target)) {
      opening = undefined
      if (text === '') return
      target.setRangeText(text, target.selectionStart ?? 0, target.selectionEnd ?? 0, 'end')
      target.dispatchEvent(new InputEvent('input', { bubbles: true }))
    } else if (target.closest('[role="menu"]') !== null) opening = undefined
  }

  return {
    add,
    press,
    focus,
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

/** The name of the pressed key, or undefined when it cannot be a shortcut. */
function shortcutOf(event: KeyboardEvent): string | undefined {
  const name = keyOf(event)
  if (event.altKey) return undefined
  if (event.metaKey || event.ctrlKey) return `mod+${event.shiftKey ? 'shift+' : ''}${name}`
  return name
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

function isTextField(element: HTMLElement): element is HTMLInputElement | HTMLTextAreaElement {
  return (
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && element.matches(typing))
  )
}

const typing =
  'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"])'
