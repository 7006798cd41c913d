import type { DeskEvent, Position } from '@deskbell/contract'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import { isRetryable } from '../api-error.ts'
import type { Change, PendingMutation } from './pending-mutation.ts'
import type { TrackedRequest } from '../cache/request-tracker.ts'
import { createSlowDown } from './slow-down.ts'
import { uuidv4 } from '../uuid.ts'

/** A change this tab asks for. */
export interface Mutation<R extends Position> {
  /** The Idempotency-Key; generated when absent. */
  key?: string
  /** The ticket's id, or the name of a resource. */
  targetId: string
  changes: readonly Change[]
  /** Mutations with the same key reach the server one after the other, in the order of their calls. */
  queueKey?: string
  send: (key: string) => Promise<R>
  /** Merges the reply into the cache, before its events arrive. */
  onReply?: (reply: R, later: readonly DeskEvent[]) => void
  /** The changes to show between the reply and its events. Absent: the same as before the reply. */
  shownAfterReply?: (reply: R) => readonly Change[]
  /** Whether this event of the mutation confirms all of it. Absent: its first event does. */
  isConfirmedBy?: (event: DeskEvent) => boolean
}

export interface MutationQueue {
  /** Shows a change, sends it until it is answered, and reverts it when it is refused. Resolves to undefined when its event arrives first. */
  execute<R extends Position>(mutation: Mutation<R>): Promise<R | undefined>
  /** The pending mutations of a ticket or a resource, oldest first. */
  of(targetId: string): readonly PendingMutation[]
  isOwn(key: string | undefined): boolean
  /** Until when mutations wait because of the rate limit, in ms since 1970; undefined when none waits. */
  slowedUntil(): number | undefined
  /** The connection is back: mutations that wait for their next try are sent. */
  retryNow(): void
  /** An event was applied. */
  onEvent(event: DeskEvent): void
  /** Everything up to here was applied. */
  moveTo(position: Position): void
  /** A resync started: the replies will contain what the server has confirmed. */
  reset(): void
  stop(reason: Error): void
}

/** A mutation that cannot reach the server fails after this time. */
const giveUpMs = 30_000
const none: readonly PendingMutation[] = []

interface InFlight {
  pending: PendingMutation
  isConfirmedBy: ((event: DeskEvent) => boolean) | undefined
  confirm: () => void
}

export function createMutationQueue(core: Core): MutationQueue {
  const inFlight = new Map<string, InFlight>()
  const shown = new Map<string, readonly PendingMutation[]>()
  const own = new Set<string>()
  const slowDown = createSlowDown(core)
  const queues = new Map<string, Promise<unknown>>()
  let stopped: Error | undefined
  let stopAll: (reason: Error) => void = () => undefined
  const stopping = new Promise<never>((_, reject) => {
    stopAll = reject
  })
  stopping.catch(() => undefined)

  function show(targetId: string): void {
    const pending = pendingOf(inFlight.values(), targetId)
    if (pending.length > 0) shown.set(targetId, pending)
    else shown.delete(targetId)
    core.changed()
  }

  function drop(key: string): void {
    const entry = inFlight.get(key)
    if (entry === undefined) return
    inFlight.delete(key)
    show(entry.pending.targetId)
  }

  async function send<R extends Position>(
    mutation: Mutation<R>,
    key: string,
    isConfirmed: () => boolean,
  ) {
    const startedAt = core.environment.now()
    for (let tries = 0; !isConfirmed(); tries += 1) {
      try {
        return await mutation.send(key)
      } catch (thrown) {
        if (isConfirmed()) return undefined
        const waitMs = retryDelay(tries, thrown)
        const isOver = core.environment.now() + waitMs - startedAt > giveUpMs
        if (!isRetryable(thrown) || isOver || stopped !== undefined) throw thrown
        await slowDown.pause(waitMs, thrown)
      }
    }
    return undefined
  }

  function accept<R extends Position>(
    mutation: Mutation<R>,
    key: string,
    reply: R,
    request: TrackedRequest,
  ): void {
    const later = request.settle(reply)
    if (later !== 'stale') mutation.onReply?.(reply, later)
    const entry = inFlight.get(key)
    if (entry === undefined) return core.changed()
    const changes = mutation.shownAfterReply?.(reply) ?? entry.pending.changes
    if (core.requests.appliedUpTo() >= reply.seq || changes.length === 0) return drop(key)
    inFlight.set(key, { ...entry, pending: { ...entry.pending, changes, confirmedAt: reply.seq } })
    show(entry.pending.targetId)
  }

  async function execute<R extends Position>(mutation: Mutation<R>): Promise<R | undefined> {
    if (stopped !== undefined) throw stopped
    const key = mutation.key ?? uuidv4()
    own.add(key)
    let isConfirmed = false
    const pending = {
      key,
      targetId: mutation.targetId,
      changes: mutation.changes,
      confirmedAt: undefined,
    }
    const confirmed = new Promise<undefined>((resolve) => {
      const confirm = () => {
        isConfirmed = true
        resolve(undefined)
      }
      inFlight.set(key, { pending, isConfirmedBy: mutation.isConfirmedBy, confirm })
    })
    show(mutation.targetId)

    const request = core.requests.begin()
    const before = mutation.queueKey === undefined ? undefined : queues.get(mutation.queueKey)
    const sent = Promise.resolve(before).then(() => send(mutation, key, () => isConfirmed))
    if (mutation.queueKey !== undefined)
      queues.set(
        mutation.queueKey,
        sent.catch(() => undefined),
      )
    try {
      const reply = await Promise.race([sent, confirmed, stopping])
      if (reply !== undefined) accept(mutation, key, reply, request)
      return reply
    } catch (thrown) {
      drop(key)
      throw thrown
    } finally {
      request.end()
    }
  }

  function dropWhere(isDone: (mutation: PendingMutation) => boolean): void {
    for (const { pending } of inFlight.values()) if (isDone(pending)) drop(pending.key)
  }

  return {
    execute,
    of: (targetId) => shown.get(targetId) ?? none,
    slowedUntil: slowDown.until,
    retryNow: slowDown.wake,
    isOwn: (key) => key !== undefined && own.has(key),
    onEvent(event) {
      const entry = inFlight.get(event.meta.commandId ?? '')
      if (entry === undefined || entry.isConfirmedBy?.(event) === false) return
      drop(entry.pending.key)
      entry.confirm()
    },
    moveTo: ({ seq }) =>
      dropWhere(({ confirmedAt }) => confirmedAt !== undefined && confirmedAt <= seq),
    reset: () => dropWhere(({ confirmedAt }) => confirmedAt !== undefined),
    stop(reason) {
      stopped = reason
      stopAll(reason)
    },
  }
}

function pendingOf(inFlight: Iterable<InFlight>, targetId: string): PendingMutation[] {
  return [...inFlight].map(({ pending }) => pending).filter((one) => one.targetId === targetId)
}
