/**
 * Makes safe to show what people write. Both sides use these functions, so that people see, while they write, what is
 * stored.
 */

/** A title or a name: one line, without control characters and without other characters that are drawn as nothing. */
export function cleanLine(text: string): string {
  return text
    .replaceAll(lineBreaks, ' ')
    .replaceAll(controls, '')
    .replaceAll(ignorable, '$1')
    .normalize('NFC')
    .trim()
}

/**
 * A comment or a description: keeps line breaks and tabs, and the direction marks that right-to-left languages need.
 */
export function cleanText(text: string): string {
  const clean = cleanPiece(text)
  return hasVisible(clean) ? clean : ''
}

/**
 * A part of a comment, which may be only spaces. Markdown can write characters that its source text does not contain.
 */
export function cleanPiece(text: string): string {
  return text
    .replaceAll(textBreaks, '\n')
    .replaceAll(controls, (found) => (found === '\n' || found === '\t' ? found : ''))
    .replaceAll(turns, '')
}

/** Whether any character is visible: spaces, combining marks alone, and characters that only join others are not. */
export function hasVisible(text: string): boolean {
  return visible.test(text)
}

/** Whether a word has letters of two of the alphabets whose letters look alike, as `Ingrid` with a Cyrillic `І`. */
export function mixesAlphabets(text: string): boolean {
  const words = text.match(/(?:[^\p{Z}\p{P}\p{S}]|['’])+/gu) ?? []
  return words.some((word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1)
}

export const mixedAlphabets =
  'A word of this name has letters of two alphabets. Type the word again in one of them.'

/** PostgreSQL cannot store NUL, and neither PostgreSQL nor JSON can hold half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/* oxlint-disable no-control-regex -- control characters are what is looked for */
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const textBreaks = /\r\n?|[\u0085\u2028\u2029]/g
/** Also the format characters that Unicode deprecates, and a byte order mark within a text. */
const controls = /[\u0000-\u001f\u007f-\u009f\u206a-\u206f\ufeff\ufff9-\ufffb]/g
/* oxlint-enable no-control-regex */

/** Embeddings, overrides and isolates: with them `open exe.png` can be the name of a program. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g
/**
 * What is drawn as nothing: two texts that differ only by it look the same, and direction marks can swap the numbers of
 * a line. The first group is what scripts and emoji need: joiners, variation selectors, those of Han characters after
 * one, and the tags of a flag.
 */
const ignorable =
  /(\p{Join_Control}|[\u180b-\u180f]|[\ufe00-\ufe0f]|\p{Script=Han}[\u{e0100}-\u{e01ef}]|\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|\p{Default_Ignorable_Code_Point}/gu

const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]

/** The Braille blank and the musical null notehead are drawn as nothing. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u
