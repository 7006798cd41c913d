import { z } from 'zod'

/** Text as it can be kept: PostgreSQL takes no NUL, and neither it nor JSON half a character. */
export function text(): z.ZodString {
  return z.string().refine(isStorable, 'Has a character that cannot be stored.')
}

function isStorable(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed()
}
