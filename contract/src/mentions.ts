/** A person whom a text names, as `@[Name](person:<id>)`. */
export interface Mention {
  personId: string
  /** The name as it was written; the person may have another one by now. */
  name: string
  /** Where it stands in the text. */
  start: number
  end: number
}

/** The mentions of a text, in order. What stands in code mentions nobody. */
export function mentionsIn(text: string): Mention[] {
  const found = [...text.matchAll(written)].map((match) => ({
    personId: (match[2] ?? '').toLowerCase(),
    name: match[1] ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }))
  if (found.length === 0) return []
  const code = codeIn(text)
  return found.filter(({ start }) => !code.some(([from, to]) => from <= start && start < to))
}

/** The ids of the people whom a text mentions, each once. */
export function mentionedIn(text: string): string[] {
  return [...new Set(mentionsIn(text).map(({ personId }) => personId))]
}

/** A text as a line or an index shows it: `@Name` for each mention. */
export function withPlainMentions(text: string): string {
  let plain = ''
  let at = 0
  for (const { name, start, end } of mentionsIn(text)) {
    plain += `${text.slice(at, start)}@${name}`
    at = end
  }
  return plain + text.slice(at)
}

/** How a text mentions a person. */
export function mentionOf({ id, name }: { id: string; name: string }): string {
  return `@[${mentionName(name)}](person:${id})`
}

/** A name without the characters that would end a mention or make a part of it code, HTML or an escape. */
export function mentionName(name: string): string {
  const safe = name
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll(/[\\`<>]/g, '')
  return safe.trim() === '' ? 'someone' : safe.trim()
}

/** Where the code of a text stands: blocks between fences, and spans between equal numbers of backticks. */
export function codeIn(text: string): [start: number, end: number][] {
  if (!/[`~]/.test(text)) return []
  const blocks = fencedBlocks(text)
  const spans = [...text.matchAll(codeSpan)].map(({ 0: span, index }): [number, number] => [
    index,
    index + span.length,
  ])
  const isOutside = (at: number) => !blocks.some(([from, to]) => from <= at && at < to)
  return [...blocks, ...spans.filter(([start, end]) => isOutside(start) && isOutside(end - 1))]
}

/** A fence that nothing closes reaches to the end. */
function fencedBlocks(text: string): [number, number][] {
  const blocks: [number, number][] = []
  let open: { start: number; mark: string } | undefined
  for (const { 0: line, index } of text.matchAll(/.*(?:\n|$)/g)) {
    const mark = fence.exec(line)?.[1]
    if (mark === undefined) continue
    if (open === undefined) open = { start: index, mark }
    else if (mark.startsWith(open.mark) && /^[\s>]*[`~]+\s*$/.test(line)) {
      blocks.push([open.start, index + line.length])
      open = undefined
    }
  }
  return open === undefined ? blocks : [...blocks, [open.start, text.length]]
}

const written =
  /@\[([^[\]\n]{1,80})\]\(person:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)/gi

/** Also in a quote or a list. A fence of backticks has none in its line behind it: that is a span. */
const fence = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(`{3,}(?=[^`]*$)|~{3,})/

/** It does not go beyond its paragraph. */
const codeSpan = /(?<!`)(`+)(?!`)(?:(?!\n[ \t>]*\n)[^])*?(?<!`)\1(?!`)/g
