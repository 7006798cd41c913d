/**
 * A name or a title within a sentence, where no element can contain it: right-to-left text must not change the order
 * of the text beside it. Other texts stay unchanged, so that search and copying work.
 */
export function isolated(text: string): string {
  return fromRight.test(text) ? `\u2068${text}\u2069` : text
}

/** Hebrew, Arabic and the other right-to-left scripts, by the ranges that Unicode reserves for them. */
const fromRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
