/**
 * A name or a title within a sentence, where no element can hold it: what is written from the right must not take what
 * stands beside it along. Others stay as they are, to be found and copied.
 */
export function isolated(text: string): string {
  return fromRight.test(text) ? `\u2068${text}\u2069` : text
}

/** Hebrew, Arabic and the other scripts that are written from the right, as Unicode keeps places for them. */
const fromRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
