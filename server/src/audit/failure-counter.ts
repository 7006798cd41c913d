import type { AuditKind } from '@deskbell/contract'
import type { AuditContext } from './audit-context.ts'
import type { NewAuditEntry } from './audit-context.ts'

interface Failure {
  kind: AuditKind
  /** The account, if it exists. What was typed instead of one is not stored: it may be a password. */
  subjectId: string | null
  network: string | null
  context: AuditContext
}

/**
 * Writes failures at a rate that does not depend on their number. The first failure of an account from a network is
 * written at once; further ones become one entry, with their number, when the window ends. Beyond the allowed number of
 * new accounts and networks, all together are one entry per window.
 */
export interface FailureCounter {
  count(failure: Failure): void
  stop(): Promise<void>
}

export interface FailureCounterOptions {
  windowMs: number
  /** This many windows may begin at once, and one more per `refillMs`. */
  burst: number
  refillMs: number
}

type Write = (context: AuditContext, entry: NewAuditEntry) => Promise<void>

interface Window {
  failure: Failure
  endsAt: number
  more: number
}

export function createFailureCounter(
  write: Write,
  { windowMs = 5 * 60_000, burst = 60, refillMs = 60_000 }: Partial<FailureCounterOptions>,
): FailureCounter {
  const windows = new Map<string, Window>()
  let tokens = burst
  let refilledAt = performance.now()
  /** Per kind and not per account, so there are only a few. */
  const overflow = new Map<AuditKind, Window>()
  let writing = Promise.resolve()
  const timer = setInterval(() => close(performance.now()), Math.min(windowMs, 15_000))
  timer.unref()

  function count(failure: Failure): void {
    const now = performance.now()
    const { kind, subjectId, network } = failure
    const key = [kind, subjectId, network].join(' ')
    const known = windows.get(key) ?? (takeToken(now) ? undefined : overflowOf(failure, now))
    if (known !== undefined) {
      known.more += 1
      return
    }
    windows.set(key, { failure, endsAt: now + windowMs, more: 0 })
    enqueue(failure, {})
  }

  function takeToken(now: number): boolean {
    const refilled = Math.floor((now - refilledAt) / refillMs)
    tokens = Math.min(burst, tokens + refilled)
    refilledAt += refilled * refillMs
    if (tokens === 0) return false
    tokens -= 1
    return true
  }

  function overflowOf({ kind, context }: Failure, now: number): Window {
    const known = overflow.get(kind)
    if (known !== undefined) return known
    const nowhere = { ...context, address: null, device: null, actor: null }
    const failure = { kind, subjectId: null, network: null, context: nowhere }
    const window = { failure, endsAt: now + windowMs, more: 0 }
    overflow.set(kind, window)
    return window
  }

  /** Closes the windows that have ended. */
  function close(now: number): void {
    for (const open of [windows, overflow] as Map<string, Window>[]) {
      for (const [key, { failure, endsAt, more }] of open) {
        if (endsAt > now) continue
        open.delete(key)
        if (more > 0) enqueue(failure, { more })
      }
    }
  }

  function enqueue({ kind, subjectId, context }: Failure, details: { more?: number }): void {
    const entry = { kind, subjectId, details }
    writing = writing.then(() => write(context, entry))
  }

  return {
    count,
    async stop() {
      clearInterval(timer)
      close(Infinity)
      await writing
    },
  }
}
