import { errors } from '@deskbell/contract'
import type { ErrorBody, ErrorCode } from '@deskbell/contract'
import { ApiError, networkError } from './api-error.ts'

/** Returns the body of an answer, or throws the refusal. An answer in another format came from a proxy. */
export function readAnswer(status: number, text: string, retryAfter: string | null): unknown {
  if (status === 204) return undefined
  const body = parsed(text)
  if (status >= 200 && status < 300) {
    // The sign-in page of a proxy answers 200, too.
    if (body === undefined) throw networkError(status)
    return body
  }
  if (isErrorBody(body))
    throw new ApiError(
      body.code,
      body.message,
      status,
      withRetry(body.details, retryAfter),
      body.requestId,
    )
  if (status >= 502 && status <= 504) throw networkError(status)
  const code = codes[status] ?? 'internal'
  throw new ApiError(code, errors[code][1], status, withRetry(undefined, retryAfter))
}

/** Refusals that a proxy makes by itself. */
const codes: Record<number, ErrorCode> = { 413: 'request.tooLarge', 429: 'request.tooMany' }

/** The header is in seconds, also when a proxy writes it. */
function withRetry(details: unknown, retryAfter: string | null): unknown {
  if (details !== undefined || retryAfter === null || !/^\d+$/.test(retryAfter)) return details
  return { retryInMs: Number(retryAfter) * 1000 }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'code' in body && 'message' in body
}
