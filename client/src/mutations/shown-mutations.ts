import type { DeskEvent, Position } from '@deskbell/contract'
import type { TrackedRequest } from '../cache/request-tracker.ts'
import type { Core } from '../core.ts'
import type { Mutation } from './mutation-queue.ts'
import type { PendingMutation } from './pending-mutation.ts'

/** A mutation on the screen. */
export interface ShownMutation<R extends Position> {
  /** Merges the reply; shows what it confirmed until its events arrive. */
  accept(reply: R, request: TrackedRequest): void
  /** The server confirmed it to another tab; it shows until everything up to `seq` is applied. */
  settle(seq: number): void
  drop(): void
}

export interface ShownMutations {
  /** Shows a change; its event calls back and ends it. */
  show<R extends Position>(
    mutation: Mutation<R>,
    key: string,
    onConfirmed: (event: DeskEvent) => void,
  ): ShownMutation<R>
  /** The pending mutations of a ticket or a resource, oldest first. */
  of(targetId: string): readonly PendingMutation[]
  isOwn(key: string | undefined): boolean
  /** An event was applied. */
  onEvent(event: DeskEvent): void
  /** Everything up to here was applied. */
  moveTo(position: Position): void
  /** A resync started: the replies will contain what the server has confirmed. */
  reset(): void
}

const none: readonly PendingMutation[] = []

interface InFlight {
  pending: PendingMutation
  /** It is shown until everything up to this number is applied. */
  until: number | undefined
  isConfirmedBy: ((event: DeskEvent) => boolean) | undefined
  onConfirmed: (event: DeskEvent) => void
}

/** The changes of this person that the screen shows before their events are applied. */
export function createShownMutations(core: Core): ShownMutations {
  const inFlight = new Map<string, InFlight>()
  const shown = new Map<string, readonly PendingMutation[]>()
  const own = new Set<string>()

  function refresh(targetId: string): void {
    const pending = pendingOf(inFlight.values(), targetId)
    if (pending.length > 0) shown.set(targetId, pending)
    else shown.delete(targetId)
    core.changed()
  }

  function drop(key: string): void {
    const entry = inFlight.get(key)
    if (entry === undefined) return
    inFlight.delete(key)
    refresh(entry.pending.targetId)
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
    const { seq } = reply
    if (core.requests.appliedUpTo() >= seq || changes.length === 0) return drop(key)
    const pending = { ...entry.pending, changes, confirmedAt: seq }
    inFlight.set(key, { ...entry, pending, until: seq })
    refresh(entry.pending.targetId)
  }

  function settle(key: string, seq: number): void {
    const entry = inFlight.get(key)
    if (entry === undefined) return
    if (core.requests.appliedUpTo() >= seq) return drop(key)
    inFlight.set(key, { ...entry, until: seq })
  }

  const show: ShownMutations['show'] = (mutation, key, onConfirmed) => {
    own.add(key)
    const { targetId, changes, isConfirmedBy } = mutation
    const pending = { key, targetId, changes, confirmedAt: undefined }
    inFlight.set(key, { pending, until: undefined, isConfirmedBy, onConfirmed })
    refresh(targetId)
    return {
      accept: (reply, request) => accept(mutation, key, reply, request),
      settle: (seq) => settle(key, seq),
      drop: () => drop(key),
    }
  }

  function dropWhere(isDone: (entry: InFlight) => boolean): void {
    for (const entry of inFlight.values()) if (isDone(entry)) drop(entry.pending.key)
  }

  return {
    show,
    of: (targetId) => shown.get(targetId) ?? none,
    isOwn: (key) => key !== undefined && own.has(key),
    onEvent(event) {
      const entry = inFlight.get(event.meta.commandId ?? '')
      if (entry === undefined || entry.isConfirmedBy?.(event) === false) return
      drop(entry.pending.key)
      entry.onConfirmed(event)
    },
    moveTo: ({ seq }) => dropWhere(({ until }) => until !== undefined && until <= seq),
    reset: () => dropWhere(({ until }) => until !== undefined),
  }
}

function pendingOf(inFlight: Iterable<InFlight>, targetId: string): PendingMutation[] {
  return [...inFlight].map(({ pending }) => pending).filter((one) => one.targetId === targetId)
}
