/**
 * What people write, made safe to show. Both sides use these functions, so that what someone sees while they write is
 * what is kept.
 */

/** A line of its own: a title, a name. One line, without control characters and marks that turn text around. */
export function cleanLine(text: string): string {
  return text
    .replaceAll(lineBreaks, ' ')
    .replaceAll(controls, '')
    .replaceAll(turns, '')
    .replaceAll(directionMarks, '')
    .normalize('NFC')
    .trim()
}

/** A comment or a description: lines and tabs stay, and so do the marks that languages written from the right need. */
export function cleanText(text: string): string {
  const clean = cleanPiece(text)
  return hasVisible(clean) ? clean : ''
}

/** Part of such a text, which may be a blank. Markdown can spell out characters that the whole does not have. */
export function cleanPiece(text: string): string {
  return text
    .replaceAll(textBreaks, '\n')
    .replaceAll(controls, (found) => (found === '\n' || found === '\t' ? found : ''))
    .replaceAll(turns, '')
}

/** Whether any character in it leaves a mark on the screen: not blanks, marks alone, or what only joins others. */
export function hasVisible(text: string): boolean {
  return visible.test(text)
}

/** PostgreSQL takes no NUL, and neither it nor JSON half a character. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/* oxlint-disable no-control-regex -- control characters are what is looked for */
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const textBreaks = /\r\n?|[\u0085\u2028\u2029]/g
/** Also those that Unicode has given up, and a byte order mark within a text. */
const controls = /[\u0000-\u001f\u007f-\u009f\u206a-\u206f\ufeff\ufff9-\ufffb]/g
/* oxlint-enable no-control-regex */

/** Embeddings, overrides and isolates: with them `open exe.png` can be the name of a program. */
const turns = /[\u202a-\u202e\u2066-\u2069]/g
/** Left-to-right, right-to-left and Arabic letter mark: needed within sentences; in a line they can swap its numbers. */
const directionMarks = /[\u061c\u200e\u200f]/g

/** A blank of Braille and an empty note are drawn, but as nothing. */
const visible = /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\u{1d159}]/u
