import type { Format } from '../../../shell/format-keys.ts'

/** The text of a field, and what is selected in it. */
export interface Selected {
  text: string
  start: number
  end: number
}

/** A part of the text and what replaces it, and what is selected afterwards. */
export interface Edit {
  from: number
  to: number
  text: string
  start: number
  end: number
}

/** What a format changes. Where the selection has the format, it is taken away. */
export function formatText(format: Format, selected: Selected): Edit {
  if (format === 'list') return mark(selected, '- ')
  if (format === 'quote') return mark(selected, '> ')
  if (format === 'link') return link(words(selected))
  const chosen = words(selected)
  if (format === 'code' && chosen.text.slice(chosen.start, chosen.end).includes('\n'))
    return fence(selected)
  return around(chosen, format === 'bold' ? '**' : '`')
}

/** Without the spaces at the ends; the word around the cursor, when nothing is selected. */
function words({ text, start, end }: Selected): Selected {
  const chosen = text.slice(start, end)
  if (chosen.trim() !== '') {
    const from = start + chosen.length - chosen.trimStart().length
    return { text, start: from, end: from + chosen.trim().length }
  }
  const before = /[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(0, start))?.[0].length ?? 0
  const after = /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice(start))?.[0].length ?? 0
  // At the end of a word, the format is for what comes next.
  return before > 0 && after > 0
    ? { text, start: start - before, end: start + after }
    : { text, start, end: start }
}

function around({ text, start, end }: Selected, sign: string): Edit {
  const size = sign.length
  const chosen = text.slice(start, end)
  if (text.slice(start - size, start) === sign && text.startsWith(sign, end))
    return edit(start - size, end + size, chosen)
  // The cursor leaves what it has just ended.
  if (start === end && text.startsWith(sign, end))
    return { ...edit(start, end, ''), start: end + size, end: end + size }
  const lines = chosen.split('\n')
  const has = lines.every((line) => line.trim() === '' || parts(line, sign).marked)
  const changed = lines.map((line) => {
    const { lead, inside, marked } = parts(line, sign)
    if (has || inside === '') return marked ? lead + inside : line
    return lead + sign + inside + sign
  })
  if (start !== end) return edit(start, end, changed.join('\n'))
  return { ...edit(start, end, sign + sign), start: start + size, end: start + size }
}

/** The marks in front of a line, and its words with or without the sign around them. */
function parts(line: string, sign: string): { lead: string; inside: string; marked: boolean } {
  const lead = /^\s*(?:[-*] |\d+[.)] |> ?)*/.exec(line)?.[0] ?? ''
  const inside = line.slice(lead.length).trimEnd()
  const marked = inside.length > 2 * sign.length && inside.startsWith(sign) && inside.endsWith(sign)
  return { lead, inside: marked ? inside.slice(sign.length, -sign.length) : inside, marked }
}

/** Lines with the same mark in front of each. */
function mark(selected: Selected, sign: string): Edit {
  const { text, from, to } = wholeLines(selected)
  const lines = text.slice(from, to).split('\n')
  const filled = lines.filter((line) => line.trim() !== '')
  const has = filled.length > 0 && filled.every((line) => line.startsWith(sign))
  const changed = lines.map((line) => {
    if (has) return line.startsWith(sign) ? line.slice(sign.length) : line
    return line.trim() === '' && lines.length > 1 ? line : sign + line
  })
  const made = edit(from, to, changed.join('\n'))
  return selected.start === selected.end ? { ...made, start: made.end } : made
}

function fence(selected: Selected): Edit {
  const { text, from, to } = wholeLines(selected)
  const chosen = text.slice(from, to)
  const inside = /^```\n([^]*)\n```$/.exec(chosen)?.[1]
  if (inside !== undefined) return edit(from, to, inside)
  return edit(from, to, `\`\`\`\n${chosen}\n\`\`\``)
}

function wholeLines({ text, start, end }: Selected): { text: string; from: number; to: number } {
  const next = text.indexOf('\n', end > start && text[end - 1] === '\n' ? end - 1 : end)
  return { text, from: text.lastIndexOf('\n', start - 1) + 1, to: next < 0 ? text.length : next }
}

const address = 'https://'

function link({ text, start, end }: Selected): Edit {
  for (const found of text.matchAll(/\[([^\]\n]*)\]\([^)\s]*\)/g)) {
    const to = found.index + found[0].length
    if (found.index <= start && end <= to) return edit(found.index, to, found[1] ?? '')
  }
  const chosen = text.slice(start, end).replaceAll('\n', ' ')
  if (/^https?:\/\/\S+$/.test(chosen)) {
    const made = edit(start, end, `[](${chosen})`)
    return { ...made, start: start + 1, end: start + 1 }
  }
  const made = edit(start, end, `[${chosen}](${address})`)
  if (chosen === '') return { ...made, start: start + 1, end: start + 1 }
  return { ...made, start: made.end - 1 - address.length, end: made.end - 1 }
}

/** Selects what was put in. */
function edit(from: number, to: number, text: string): Edit {
  return { from, to, text, start: from, end: from + text.length }
}
