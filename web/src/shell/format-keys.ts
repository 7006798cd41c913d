import { isMac } from '../ui/is-mac.ts'

export type Format = 'bold' | 'list' | 'link' | 'code' | 'quote'

interface PressedKey {
  key: string
  code: string
  metaKey: boolean
  ctrlKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** The keys of mail programs and other help desks; `mod+k` is the palette. */
export const formatKeys: Record<Format, { label: string; keys: string }> = {
  bold: { label: 'Bold', keys: 'mod+b' },
  list: { label: 'List', keys: 'mod+shift+8' },
  link: { label: 'Link', keys: 'mod+shift+k' },
  code: { label: 'Code', keys: 'mod+e' },
  quote: { label: 'Quote', keys: 'mod+shift+9' },
}

/** The format that a pressed key asks for. On a Mac, Ctrl with a letter moves the cursor. */
export function formatOf(event: PressedKey): Format | undefined {
  if (event.altKey || !(isMac ? event.metaKey : event.ctrlKey)) return undefined
  const pressed = `mod+${event.shiftKey ? 'shift+' : ''}${nameOf(event)}`
  return formats.find((format) => formatKeys[format].keys === pressed)
}

const formats: readonly Format[] = ['bold', 'list', 'link', 'code', 'quote']

/** With Shift, digits are other characters; other alphabets have no Latin letters. Both are where the keys are. */
function nameOf({ key, code }: PressedKey): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase()
  return code.replace(/^(?:Key|Digit)/, '').toLowerCase()
}
