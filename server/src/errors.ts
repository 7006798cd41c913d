import { errors } from '@deskbell/contract'
import type { ErrorBody, ErrorCode } from '@deskbell/contract'
import { isDatabaseAway } from './database/is-database-away.ts'

/** An expected failure: a row of the contract's table of errors, which the caller may see. */
export class DeskError extends Error {
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, details?: unknown) {
    super(errors[code][1])
    this.name = 'DeskError'
    this.code = code
    this.details = details
  }

  get status(): number {
    return errors[this.code][0]
  }

  toBody(requestId?: string): ErrorBody {
    return {
      code: this.code,
      message: this.message,
      ...(this.details === undefined ? {} : { details: this.details }),
      ...(requestId === undefined ? {} : { requestId }),
    }
  }
}

/** Converts anything thrown to what the caller may see. A bug is reported here and becomes `internal`. */
export function toDeskError(thrown: unknown, reportBug: (bug: unknown) => void): DeskError {
  if (thrown instanceof DeskError) return thrown
  if (isDatabaseAway(thrown)) return new DeskError('unavailable')
  if (isDatabaseFull(thrown)) return new DeskError('storage.exhausted')
  // The operator must learn of the following.
  reportBug(thrown)
  if (isStorageFull(thrown)) return new DeskError('storage.full')
  return new DeskError(isTooSlow(thrown) ? 'busy' : 'internal')
}

/** Whether the disk of the database or of a file is full, or a quota on it. */
export function isDiskFull(thrown: unknown): boolean {
  return isDatabaseFull(thrown) || hasCode(thrown, /^(ENOSPC|EDQUOT)$/)
}

function isDatabaseFull(thrown: unknown): boolean {
  return hasCode(thrown, /^53100$/)
}

/** The disk, a quota, or this process's limit on the size of a file. */
function isStorageFull(thrown: unknown): boolean {
  return hasCode(thrown, /^(ENOSPC|EDQUOT|EFBIG)$/)
}

/** Whether a retry may succeed: after a deadlock, a serialization failure or a lock timeout. */
export function isRetryable(thrown: unknown): boolean {
  return hasCode(thrown, /^(40P01|40001|55P03)$/)
}

/** Whether PostgreSQL gave up: one of those, or a statement that took too long or was cancelled. */
function isTooSlow(thrown: unknown): boolean {
  return isRetryable(thrown) || hasCode(thrown, /^57014$/)
}

function hasCode(thrown: unknown, codes: RegExp): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.test(String(thrown.code))
}
