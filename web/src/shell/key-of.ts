import { isMac } from '../ui/is-mac.ts'

/**
 * Whether a key belongs to an input method, which makes one character of several keys. In Safari the key that ends the
 * composition comes after its end; only its key code still says so.
 */
export function isComposing(event: KeyboardEvent): boolean {
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else tells
  return event.isComposing || event.keyCode === 229
}

type PressedKey = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'altKey' | 'metaKey' | 'ctrlKey'
>

/**
 * The name of a pressed key as shortcuts have it: `j`, `Escape`, `mod+k`, `mod+shift+8`. Undefined when it cannot be a
 * shortcut.
 */
export function shortcutOf(event: PressedKey): string | undefined {
  // On a Mac, Ctrl with a letter moves the cursor.
  if (event.altKey || (isMac && event.ctrlKey)) return undefined
  if (!event.metaKey && !event.ctrlKey) return keyOf(event)
  // With Shift, a digit is another character.
  const isDigit = event.shiftKey && event.code.startsWith('Digit')
  const name = isDigit ? event.code.slice('Digit'.length) : keyOf(event)
  return `mod+${event.shiftKey ? 'shift+' : ''}${name}`
}

/** The name of a pressed key: a letter is lower case and Latin, whatever the keyboard's layout. */
function keyOf({ key, code, shiftKey }: PressedKey): string {
  if (key.length > 1) return key
  const isForeign = /[^\p{ASCII}\p{Script=Latin}]/u.test(key)
  return (isForeign ? placed(code, shiftKey) : undefined) ?? key.toLowerCase()
}

/** The key that an American keyboard has in this place, as far as keys are shortcuts. */
function placed(code: string, shift: boolean): string | undefined {
  if (code.startsWith('Key')) return code.slice(3).toLowerCase()
  if (code === 'Slash') return shift ? '?' : '/'
  return code === 'BracketLeft' ? '[' : undefined
}
