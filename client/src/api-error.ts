import type { ErrorCode } from '@deskbell/contract'

/**
 * `network`: the server was not reached, so the outcome is unknown. `unreadable`: the file to send cannot be read, so
 * nothing was sent. `tooOld`, `unknownFormat`: a change that waited on this device is not sent without a question. `noRoom`: this device
 * cannot keep it.
 */
type ClientErrorCode = 'network' | 'unreadable' | 'tooOld' | 'unknownFormat' | 'noRoom'

/** A refused call. */
export class ApiError extends Error {
  readonly code: ErrorCode | ClientErrorCode
  readonly status: number
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(
    code: ErrorCode | ClientErrorCode,
    message: string,
    status: number,
    details?: unknown,
    requestId?: string,
  ) {
    super(message)
    this.name = 'DeskError'
    this.code = code
    this.status = status
    this.details = details
    this.requestId = requestId
  }

  /** The server's retry delay in ms, if it named one. */
  get retryInMs(): number | undefined {
    const { details } = this
    if (typeof details !== 'object' || details === null || !('retryInMs' in details))
      return undefined
    const ms = Number(details.retryInMs)
    return Number.isFinite(ms) && ms >= 0 ? ms : undefined
  }
}

export function networkError(status = 0): ApiError {
  return new ApiError('network', 'Deskbell cannot be reached right now.', status)
}

export function unreadableError(): ApiError {
  return new ApiError(
    'unreadable',
    'It cannot be read. It may have been moved, changed or deleted since it was chosen. Please choose it again.',
    0,
  )
}

export function tooOldError(): ApiError {
  return new ApiError('tooOld', 'It waited on this device for more than 25 days.', 0)
}

export function noRoomError(): ApiError {
  return new ApiError('noRoom', 'This device has no room to keep the file until then.', 0)
}

export function unknownFormatError(): ApiError {
  return new ApiError('unknownFormat', 'Another version of Deskbell kept it on this device.', 0)
}

/** The session of this person ended: the browser has none, or one of another person. */
export function isSignedOut(error: unknown): error is ApiError {
  return error instanceof ApiError && ['session.none', 'session.other'].includes(error.code)
}

/** Whether the same call may succeed later: the server was not reached, was unavailable, or limited the rate. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.code === 'network' || isRateLimited(error)) return true
  // This one does not pass by itself: people have to free space.
  return error.status === 503 && error.code !== 'storage.exhausted'
}

/** The server limited the rate of this person's calls. */
export function isRateLimited(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'request.tooMany'
}
