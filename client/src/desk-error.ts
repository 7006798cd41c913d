import type { ErrorCode } from '@deskbell/contract'

/** A refused call. `network`: the server was not reached, so nothing is known of the outcome. */
export class DeskError extends Error {
  readonly code: ErrorCode | 'network'
  readonly status: number
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(
    code: ErrorCode | 'network',
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

  /** After how long the server said to try again, if it did. */
  get retryInMs(): number | undefined {
    const { details } = this
    if (typeof details !== 'object' || details === null || !('retryInMs' in details))
      return undefined
    const ms = Number(details.retryInMs)
    return Number.isFinite(ms) && ms >= 0 ? ms : undefined
  }
}

export function networkError(status = 0): DeskError {
  return new DeskError('network', 'Deskbell cannot be reached right now.', status)
}

/** There is no session of this person here any more: none at all, or somebody else's. */
export function isSignedOut(error: unknown): error is DeskError {
  return error instanceof DeskError && ['session.none', 'session.other'].includes(error.code)
}

/** Worth asking again as it is: not reached, not able to answer just now, or asked too often. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof DeskError)) return false
  if (error.code === 'network' || isTooOften(error)) return true
  // Somebody has to make room first.
  return error.status === 503 && error.code !== 'storage.exhausted'
}

/** The server asks to slow down. */
export function isTooOften(error: unknown): boolean {
  return error instanceof DeskError && error.code === 'request.tooMany'
}
