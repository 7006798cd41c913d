import { ApiError } from '@deskbell/client'

/** The fields of a form that the server refused, and why. */
export function fieldProblems(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError) || error.code !== 'request.invalid') return {}
  const { details } = error
  if (typeof details !== 'object' || details === null || !('fields' in details)) return {}
  return Object.fromEntries(
    Object.entries(details.fields ?? {}).map(([field, problem]) => [field, String(problem)]),
  )
}
