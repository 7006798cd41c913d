import type { DeskEvent, Position } from '@deskbell/contract'
import { retryDelay } from './core.ts'
import type { Core } from './core.ts'
import { isTransient } from './desk-error.ts'
import type { Change, Command } from './pending.ts'
import type { Read } from './reads.ts'
import { createSlowDown } from './slow-down.ts'
import { uuidv4 } from './uuid.ts'

/** A change this tab asks for. */
export interface Order<R extends Position> {
  /** The Idempotency-Key; made up when absent. */
  key?: string
  /** The ticket's id, or `me`. */
  about: string
  changes: readonly Change[]
  /** Orders with the same lane reach the server in the order they were given. */
  lane?: string
  send: (key: string) => Promise<R>
  /** Takes what a reply tells, before its events come. */
  learn?: (reply: R, later: readonly DeskEvent[]) => void
  /** What is still shown of a confirmed change until its events come; as before when absent. */
  settled?: (reply: R) => readonly Change[]
  /** Whether an event of this order says everything that was asked for. Absent: the first one does. */
  isToldBy?: (event: DeskEvent) => boolean
}

export interface Commands {
  /** Shows a change, sends it until it is answered, and takes it back when it is refused. Undefined: its event came first. */
  give<R extends Position>(order: Order<R>): Promise<R | undefined>
  /** Those about a ticket, or `me`; oldest first. */
  of(about: string): readonly Command[]
  isOwn(key: string | undefined): boolean
  /** Until when some wait, because the server asked to slow down. */
  slowedUntil(): number | undefined
  /** An event was applied. */
  hear(event: DeskEvent): void
  /** Everything up to here was applied. */
  moveTo(position: Position): void
  /** A new stream begins: everything is read with what was confirmed in it. */
  startAnew(): void
  stop(reason: Error): void
}

/** A change that does not reach the server is given up after this time. */
const giveUpMs = 30_000
const none: readonly Command[] = []

interface Given {
  command: Command
  isToldBy: (event: DeskEvent) => boolean
  told: () => void
}

export function createCommands(core: Core): Commands {
  const given = new Map<string, Given>()
  const shown = new Map<string, readonly Command[]>()
  const own = new Set<string>()
  const slowDown = createSlowDown(core)
  const lanes = new Map<string, Promise<unknown>>()
  let stopped: Error | undefined
  let stopAll: (reason: Error) => void = () => undefined
  const stopping = new Promise<never>((_, reject) => {
    stopAll = reject
  })
  stopping.catch(() => undefined)

  function show(about: string): void {
    const commands = [...given.values()]
      .map(({ command }) => command)
      .filter((command) => command.about === about)
    if (commands.length > 0) shown.set(about, commands)
    else shown.delete(about)
    core.changed()
  }

  function drop(key: string): void {
    const entry = given.get(key)
    if (entry === undefined) return
    given.delete(key)
    show(entry.command.about)
  }

  async function send<R>(
    order: { send: (key: string) => Promise<R> },
    key: string,
    isTold: () => boolean,
  ) {
    const startedAt = core.environment.now()
    for (let tries = 0; !isTold(); tries += 1) {
      try {
        return await order.send(key)
      } catch (thrown) {
        if (isTold()) return undefined
        const waitMs = retryDelay(tries, thrown)
        const isOver = core.environment.now() + waitMs - startedAt > giveUpMs
        if (!isTransient(thrown) || isOver || stopped !== undefined) throw thrown
        await slowDown.pause(waitMs, thrown)
      }
    }
    return undefined
  }

  function accept<R extends Position>(order: Order<R>, key: string, reply: R, read: Read): void {
    const later = read.settle(reply)
    if (later !== 'stale') order.learn?.(reply, later)
    const entry = given.get(key)
    if (entry === undefined) return core.changed()
    const changes = order.settled?.(reply) ?? entry.command.changes
    if (core.reads.reached() >= reply.seq || changes.length === 0) return drop(key)
    given.set(key, { ...entry, command: { ...entry.command, changes, acceptedAt: reply.seq } })
    show(entry.command.about)
  }

  async function give<R extends Position>(order: Order<R>): Promise<R | undefined> {
    if (stopped !== undefined) throw stopped
    const key = order.key ?? uuidv4()
    own.add(key)
    let isTold = false
    const told = new Promise<undefined>((resolve) => {
      const command: Command = {
        key,
        about: order.about,
        changes: order.changes,
        acceptedAt: undefined,
      }
      const tell = () => {
        isTold = true
        resolve(undefined)
      }
      given.set(key, { command, isToldBy: order.isToldBy ?? (() => true), told: tell })
    })
    show(order.about)

    const read = core.reads.begin()
    const before = order.lane === undefined ? undefined : lanes.get(order.lane)
    const sent = Promise.resolve(before).then(() => send(order, key, () => isTold))
    if (order.lane !== undefined)
      lanes.set(
        order.lane,
        sent.catch(() => undefined),
      )
    try {
      const reply = await Promise.race([sent, told, stopping])
      if (reply !== undefined) accept(order, key, reply, read)
      return reply
    } catch (thrown) {
      drop(key)
      throw thrown
    } finally {
      read.end()
    }
  }

  function dropWhere(isDone: (command: Command) => boolean): void {
    for (const { command } of given.values()) if (isDone(command)) drop(command.key)
  }

  return {
    give,
    of: (about) => shown.get(about) ?? none,
    slowedUntil: slowDown.until,
    isOwn: (key) => key !== undefined && own.has(key),
    hear(event) {
      const entry = given.get(event.meta.commandId ?? '')
      if (entry === undefined || !entry.isToldBy(event)) return
      drop(entry.command.key)
      entry.told()
    },
    moveTo: ({ seq }) =>
      dropWhere(({ acceptedAt }) => acceptedAt !== undefined && acceptedAt <= seq),
    startAnew: () => dropWhere(({ acceptedAt }) => acceptedAt !== undefined),
    stop(reason) {
      stopped = reason
      stopAll(reason)
    },
  }
}
