import { errors } from '@deskbell/contract'
import type { ErrorBody, ErrorCode } from '@deskbell/contract'

/**
 * The code of a refusal that matches the table of errors in status and sentence, and has an id to find its log line by.
 * Throws for anything else, also for `internal`: nothing that a caller sends may be a bug of ours.
 */
export function refusalOf({ status, body }: { status: number; body: unknown }): ErrorCode {
  const { code, message, requestId, details, ...more } = (body ?? {}) as ErrorBody
  const row = Object.hasOwn(errors, code) ? errors[code] : undefined
  const isRow =
    row?.[0] === status &&
    row[1] === message &&
    /^[0-9a-f-]{36}$/.test(requestId ?? '') &&
    (details === undefined || typeof details === 'object') &&
    Object.keys(more).length === 0
  if (!isRow || status >= 500) {
    throw new Error(`not a refusal of the table of errors: ${status} ${JSON.stringify(body)}`)
  }
  return code
}
