import { codeIn, mentionsIn } from '@deskbell/contract'

/** The ids of the people whom a field can mention, by the names as they stand in the field. */
export type KnownNames = Map<string, string>

/** Remembers whom a text mentions, so that a name that was deleted and is back is a mention again. */
export function learnNames(known: KnownNames, text: string): void {
  for (const { name, personId } of mentionsIn(text)) if (!known.has(name)) known.set(name, personId)
}

/**
 * A text as its field shows it: `@Ada` for `@[Ada](person:…)`. A mention stays as it is written where the field could not
 * tell it from other words, or from somebody else of this name.
 */
export function shownText(text: string, known: KnownNames): string {
  let shown = ''
  let at = 0
  for (const { name, personId, start, end } of mentionsIn(text)) {
    shown += text.slice(at, start)
    const isTold = known.get(name) === personId && isApart(shown.at(-1), name, text[end])
    shown += isTold ? `@${name}` : text.slice(start, end)
    at = end
  }
  shown += text.slice(at)
  return hasMentions(writtenText(shown, known), text) ? shown : text
}

/** Whether a text mentions whom another one does, in this order. */
function hasMentions(text: string, other: string): boolean {
  const ids = mentionsIn(text).map(({ personId }) => personId)
  let at = 0
  return mentionsIn(other).every(({ personId }) => {
    at = ids.indexOf(personId, at) + 1
    return at > 0
  })
}

/** The text of which a field shows this: each known name behind an `@` is a mention, but in code. */
export function writtenText(shown: string, known: KnownNames): string {
  const names = [...known.keys()].toSorted((a, b) => b.length - a.length)
  const code = codeIn(shown)
  let written = ''
  let at = 0
  for (const { index } of shown.matchAll(/@/g)) {
    if (code.some(([from, to]) => from <= index && index < to)) continue
    const name = names.find((one) => standsAt(shown, index, one))
    if (name === undefined) continue
    written += `${shown.slice(at, index)}@[${name}](person:${known.get(name)})`
    at = index + 1 + name.length
  }
  return written + shown.slice(at)
}

/** Whether `@name` stands at this place of a text. */
export function standsAt(text: string, at: number, name: string): boolean {
  const end = at + 1 + name.length
  return text.startsWith(`@${name}`, at) && isApart(text[at - 1], name, text[end])
}

function isApart(before: string | undefined, name: string, after: string | undefined): boolean {
  if (isOfSpacedWord(before)) return false
  return !(isOfSpacedWord(name.at(-1)) && isOfSpacedWord(after))
}

/** Whether a character is of a script that puts spaces between its words: others go on right behind a name. */
export function isOfSpacedWord(character = ''): boolean {
  return spaced.test(character)
}

const spaced = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{M}_]/u
