import { limits } from '@deskbell/contract'

/** What keeps a new password from being taken, or null. */
export function passwordProblem(password: string): string | null {
  if (password.length >= limits.passwordMinLength) return null
  return `Use at least ${limits.passwordMinLength} characters.`
}
