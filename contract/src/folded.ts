/**
 * A text as people type it who look for it: without accents, capitals and apostrophes, with Latin letters for those that
 * have no accent to lose. `Łódź` is `lodz`, `Straße` is `strasse`.
 */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(dropped, '')
    .toLowerCase()
    .replaceAll(/[^\x20-\x7e]/gu, (letter) => letters[letter] ?? letter)
}

/**
 * Whether a text has every word of a query, anywhere and in any order. `ü` is found as `u` and as `ue`; a query of
 * spaces is found in everything.
 */
export function isFound(text: string, query: string): boolean {
  const forms = [folded(text), folded(text.normalize('NFC').replaceAll(/[äöüåø]/giu, spelledOut))]
  return wordsOf(folded(query)).every((word) => forms.some((form) => form.includes(word)))
}

/** The words of a text, as people type them. */
export function foldedWords(text: string): string[] {
  return folded(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

function wordsOf(query: string): string[] {
  return query.split(/[\s-]+/).filter((word) => word !== '')
}

function spelledOut(letter: string): string {
  return spellings[letter.toLowerCase()] ?? letter
}

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, apostrophes, and what is drawn as nothing. */
const dropped =
  /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670'’‘ʼʻ`´\p{Default_Ignorable_Code_Point}]/gu

/** Letters of which Unicode says no accent. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ȷ: 'j',
  ƒ: 'f',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ə: 'e',
  ς: 'σ',
}

const spellings: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
