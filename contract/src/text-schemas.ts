import { z } from 'zod'
import { cleanLine, cleanText, hasVisible, isStorable } from './text.ts'

/** Text as it can be kept. */
export function text(): z.ZodString {
  return z.string().refine(isStorable, 'Has a character that cannot be stored.')
}

/** A line that shows something: `what` is it, as in "A title". */
export function oneLine(what: string, length: number): z.ZodString {
  return text()
    .overwrite(cleanLine)
    .min(1)
    .max(length)
    .refine(hasVisible, `${what} needs something that can be seen.`)
}

/** Several lines, or none. */
export function prose(length: number): z.ZodString {
  return text().overwrite(cleanText).max(length)
}
