import type { DeskEvent, Position } from '@deskbell/contract'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import { isRetryable } from '../api-error.ts'
import type { Change } from './pending-mutation.ts'
import { createShownMutations } from './shown-mutations.ts'
import type { ShownMutation, ShownMutations } from './shown-mutations.ts'
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
  onReply?(reply: R, later: readonly DeskEvent[]): void
  /** The changes to show between the reply and its events. Absent: the same as before the reply. */
  shownAfterReply?(reply: R): readonly Change[]
  /** Whether this event of the mutation confirms all of it. Absent: its first event does. */
  isConfirmedBy?: (event: DeskEvent) => boolean
}

/** How long a mutation is sent. */
interface Delivery {
  /** It fails after a while without an answer. */
  givesUp: boolean
  /** Nobody waits for the answer any more. */
  isOver(): boolean
  /** It was not answered, and is sent again later. */
  onUnanswered?(error: unknown): void
}

export interface MutationQueue extends ShownMutations {
  /** Shows a change, sends it until it is answered, and reverts it when it is refused. Resolves to undefined when its event arrives first. */
  execute<R extends Position>(mutation: Mutation<R>): Promise<R | undefined>
  /** Sends a shown change until it is answered. Rejects when it is refused. */
  deliver<R extends Position>(
    mutation: Mutation<R>,
    key: string,
    shown: ShownMutation<R>,
    how: Delivery,
  ): Promise<R | undefined>
  /** Until when mutations wait because of the rate limit, in ms since 1970; undefined when none waits. */
  slowedUntil(): number | undefined
  /** The connection is back: mutations that wait for their next try are sent. */
  retryNow(): void
  stop(reason: Error): void
}

/** A mutation that cannot reach the server fails after this time. */
const giveUpMs = 30_000
export function createMutationQueue(core: Core): MutationQueue {
  const shown = createShownMutations(core)
  const slowDown = createSlowDown(core)
  const queues = new Map<string, Promise<unknown>>()
  let stopped: Error | undefined
  let stopAll: (reason: Error) => void = () => undefined
  const stopping = new Promise<never>((_, reject) => {
    stopAll = reject
  })
  stopping.catch(() => undefined)

  const deliver: MutationQueue['deliver'] = async (mutation, key, showing, how) => {
    const startedAt = core.environment.now()
    for (let tries = 0; !how.isOver(); tries += 1) {
      const request = core.requests.begin()
      let waitMs = 0
      let reason: unknown
      try {
        const reply = await mutation.send(key)
        if (how.isOver()) return undefined
        showing.accept(reply, request)
        return reply
      } catch (thrown) {
        if (how.isOver()) return undefined
        reason = thrown
        waitMs = retryDelay(tries, thrown)
        const isLate = how.givesUp && core.environment.now() + waitMs - startedAt > giveUpMs
        if (!isRetryable(thrown) || isLate) throw thrown
      } finally {
        request.end()
      }
      how.onUnanswered?.(reason)
      await slowDown.pause(waitMs, reason)
    }
    return undefined
  }

  async function execute<R extends Position>(mutation: Mutation<R>): Promise<R | undefined> {
    if (stopped !== undefined) throw stopped
    const key = mutation.key ?? uuidv4()
    let isConfirmed = false
    let confirm: (value: undefined) => void = () => undefined
    const confirmed = new Promise<undefined>((resolve) => {
      confirm = resolve
    })
    const showing = shown.show(mutation, key, () => {
      isConfirmed = true
      confirm(undefined)
    })
    const isOver = () => isConfirmed || stopped !== undefined
    const { queueKey } = mutation
    const before = queueKey === undefined ? undefined : queues.get(queueKey)
    const sent = Promise.resolve(before).then(() =>
      deliver(mutation, key, showing, { givesUp: true, isOver }),
    )
    if (queueKey !== undefined)
      queues.set(
        queueKey,
        sent.catch(() => undefined),
      )
    try {
      return await Promise.race([sent, confirmed, stopping])
    } catch (thrown) {
      showing.drop()
      throw thrown
    }
  }

  return {
    ...shown,
    execute,
    deliver,
    slowedUntil: slowDown.until,
    retryNow: slowDown.wake,
    stop(reason) {
      stopped = reason
      stopAll(reason)
    },
  }
}
