import { shortcutOf } from './key-of.ts'

export type Format = 'bold' | 'list' | 'link' | 'code' | 'quote'

/** The keys of mail programs and other help desks; `mod+k` is the palette. */
export const formatKeys: Record<Format, { label: string; keys: string }> = {
  bold: { label: 'Bold', keys: 'mod+b' },
  list: { label: 'List', keys: 'mod+shift+8' },
  link: { label: 'Link', keys: 'mod+shift+k' },
  code: { label: 'Code', keys: 'mod+e' },
  quote: { label: 'Quote', keys: 'mod+shift+9' },
}

/** The format that a pressed key asks for. */
export function formatOf(event: Parameters<typeof shortcutOf>[0]): Format | undefined {
  const pressed = shortcutOf(event)
  return formats.find((format) => formatKeys[format].keys === pressed)
}

const formats: readonly Format[] = ['bold', 'list', 'link', 'code', 'quote']
