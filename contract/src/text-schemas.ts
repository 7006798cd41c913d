import { z } from 'zod'
import { cleanLine, cleanText, hasVisible, isStorable } from './text.ts'

/** Text that PostgreSQL and JSON can hold. */
export function text(): z.ZodString {
  return z.string().refine(isStorable, 'Has a character that cannot be stored.')
}

/** One line with something visible in it. `what` names it in the error: "A title". */
export function oneLine(what: string, length: number): z.ZodString {
  return text()
    .overwrite(cleanLine)
    .min(1)
    .max(length)
    .refine(hasVisible, `${what} needs something that can be seen.`)
}

/** Several lines, or an empty text. */
export function prose(length: number): z.ZodString {
  return text().overwrite(cleanText).max(length)
}
