import { errors } from '@deskbell/contract'
import type { ErrorBody, ErrorCode } from '@deskbell/contract'
import { DeskError, networkError } from './desk-error.ts'

/** The body of an answer, or the refusal thrown. What is not Deskbell's own words came from something in between. */
export function readAnswer(status: number, text: string, retryAfter: string | null): unknown {
  if (status === 204) return undefined
  const body = parsed(text)
  if (status >= 200 && status < 300) {
    // A proxy's sign-in page also answers 200.
    if (body === undefined) throw networkError(status)
    return body
  }
  if (isErrorBody(body))
    throw new DeskError(
      body.code,
      body.message,
      status,
      withRetry(body.details, retryAfter),
      body.requestId,
    )
  if (status >= 502 && status <= 504) throw networkError(status)
  const code = codes[status] ?? 'internal'
  throw new DeskError(code, errors[code][1], status, withRetry(undefined, retryAfter))
}

/** What a proxy in front refuses by itself. */
const codes: Record<number, ErrorCode> = { 413: 'request.tooLarge', 429: 'request.tooMany' }

/** The header says it in seconds, also where a proxy wrote it. */
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
