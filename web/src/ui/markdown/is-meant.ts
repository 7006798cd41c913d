/** Where a pair of marks stands in a text: from the first character of the opening one to after the closing one. */
interface Span {
  start: number
  end: number
  /** The number of characters of each mark. */
  mark: number
}

/**
 * Whether somebody who typed these marks wanted a format. Marks around whole words do, those within a path, a name or a
 * calculation do not: `2*3*4`, `src/**` + `/*.ts`, `__init__.py`.
 */
export function isMeant(source: string, { start, end, mark }: Span): boolean {
  const inside = source.slice(start + mark, end - mark)
  const before = source.slice(Math.max(0, start - reach), start)
  const after = source.slice(end, end + reach)
  if (!opens.test(before) || !closes.test(after)) return false
  if (!begins.test(inside) || !ends.test(inside.slice(-reach))) return false
  const isName = /^[\w*]+$/.test(inside)
  if (source[start] === '_') return !(isName && (mark > 1 || inside.includes('_')))
  // `*report.*` is a pattern; `*This is a sentence.*` is not.
  return mark > 1 || /\s/.test(inside) || !inside.endsWith('.')
}

/** Whether a backtick began code, and was not the accent of `can`t and won`t`. */
export function isCodeMeant(source: string, start: number): boolean {
  return opens.test(source.slice(Math.max(0, start - reach), start))
}

/** Marks may stand beside other marks; more of them than this have no meaning. */
const reach = 24

// Alphabets that put spaces between words have none within a word; Chinese, Thai or Korean text has no such sign.
const opens =
  /(?:^|[\s"'([{|]|[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\x21-\x7e])[*_~]*$/u
const closes =
  /^[*_~]*(?:$|[\s"')\]}|!?]|[.,;:](?![\p{L}\p{N}/\\_*])|[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\x21-\x7e])/u
const begins = /^[*_~]*[^*_~\s./\\,;:!?)\]}=%^|]/u
const ends = /[^*_~\s/\\([{=<$^|@][*_~]*$/u
