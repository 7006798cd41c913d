import type { Position, Reply } from '@deskbell/contract'
import { ApiError, noRoomError, unknownFormatError } from '../api-error.ts'
import type { Core } from '../core.ts'
import type { MutationQueue } from '../mutations/mutation-queue.ts'
import { refusalOf, withoutUpload } from './entry.ts'
import type { OutboxEntry } from './entry.ts'
import { createItems } from './items.ts'
import type { Item, NewEntry } from './items.ts'
import { basedOn, insistedOn, isOfSame } from './kinds.ts'
import type { OutboxPlace } from './place.ts'
import { createReceiver } from './receiver.ts'
import { createSender } from './sender.ts'
import type { OutboxState } from './state.ts'
import { createTabs } from './tabs.ts'

/** Changes that outlive this tab: kept on the device until the server has them. */
export interface Outbox {
  /**
   * Keeps a change, shows it and sends it. Resolves with its reply; to undefined when its event comes first, and when
   * it waits for the server and is kept. Rejects when it is refused at once, or cannot be kept and does not arrive.
   */
  execute<R extends Position>(wanted: NewEntry): Promise<R | undefined>
  state(): OutboxState
  /** Forgets a change that was not sent. */
  discard(id: string): void
  /** Takes back a change that waits for the server. Undefined: it does not wait. */
  withdraw(id: string): OutboxEntry | undefined
  /** Sends a refused change again, over what the person read in the refusal. */
  sendAgain(id: string): void
  /** Keeps what waits, and sends no more. */
  stop(reason: Error): void
}

/** A tab that leads and does not answer within this time is frozen. */
const answersMs = 1000

export function createOutbox(
  core: Core,
  queue: MutationQueue,
  place: OutboxPlace | undefined,
): Outbox {
  let stopped: Error | undefined
  const items = createItems(core, queue, place, (id, { meta }) => confirmed(id, meta.seq))
  const { pump } = createSender({
    core,
    queue,
    items,
    isActive: ({ isKept }) => stopped === undefined && (tabs.isLeading() || !isKept),
    onTaken({ entry: { id }, isTaken }) {
      if (!isTaken) tabs.post({ kind: 'taken', id })
    },
    onUnanswered: allWait,
    onReply: ({ entry }, reply) => confirmed(entry.id, seqOf(reply), reply),
    onRefused: refused,
  })
  const receive = createReceiver({
    items,
    pump,
    isLeading: () => tabs.isLeading(),
    isExclusive: () => tabs.isExclusive(),
    post: (message) => tabs.post(message),
    reject,
  })
  const tabs = createTabs(place, core.store.reader.id, {
    receive(message) {
      if (stopped === undefined) receive(message)
    },
    onLead: () => void load(),
  })

  async function load(): Promise<void> {
    await items.load().catch(() => undefined)
    if (stopped === undefined) pump()
  }

  /** The server has it, as event `seq`. */
  function confirmed(id: string, seq: number, reply?: Position): void {
    const item = items.get(id)
    if (item === undefined) return
    if (tabs.isLeading()) {
      endUpload(item, reply)
      for (const other of items.all()) follow(other, item.entry, seq)
    }
    items.remove(id)
    item.call?.resolve(reply)
    tabs.post({ kind: 'confirmed', id, seq })
    pump()
  }

  /** A later change of the same follows from the one that is event `seq`. */
  function follow({ entry, ...item }: Item, first: OutboxEntry, seq: number): void {
    const isLater = entry.ticketId === first.ticketId && entry.id !== first.id
    if (!isLater || item.isSending || !isOfSame(first.change, entry.change)) return
    const change = basedOn(entry.change, seq)
    if (change !== entry.change) void replace({ ...entry, change })
  }

  /** A file is stored, or discarded: its comment no longer waits for it. */
  function endUpload({ entry: { id, change } }: Item, reply?: Position): void {
    const comment = change.kind === 'attach' ? items.get(change.commentId ?? '') : undefined
    if (comment?.entry.change.kind !== 'addComment') return
    const attachment = (reply as Reply<'attach'> | undefined)?.attachment
    const after = withoutUpload(comment.entry.change, id, attachment)
    void replace({ ...comment.entry, change: after })
  }

  /** Stores another state of an item, and tells the other tabs. */
  async function replace(entry: OutboxEntry): Promise<void> {
    const item = items.get(entry.id)
    if (item === undefined) return
    items.update(item, entry)
    if (item.isKept) await items.put(entry)
    tabs.post({ kind: 'put', entry })
  }

  /** The server does not answer: the calls need not wait for what is kept. */
  function allWait(): void {
    for (const item of items.all()) {
      if (!item.isKept || item.entry.refusal !== undefined) continue
      item.call?.resolve(undefined)
      item.call = undefined
      if (!item.isWaiting) tabs.post({ kind: 'waits', id: item.entry.id })
      item.isWaiting = true
    }
    items.changed()
  }

  function refused(item: Item, thrown: unknown): void {
    const isAborted = item.live?.signal?.aborted === true
    if (item.call !== undefined || isAborted || !item.isKept) return reject(item, thrown)
    const error = thrown instanceof ApiError ? thrown : unknownFormatError()
    const refusal = refusalOf(error, core.serverNow(), items.lastOrder())
    void replace({ ...item.entry, refusal })
  }

  /** The call that made the change takes its refusal. */
  function reject({ entry: { id }, shown, call }: Item, thrown: unknown): void {
    shown.drop()
    call?.reject(thrown)
    items.remove(id)
    tabs.post({ kind: 'discarded', id })
  }

  async function execute<R extends Position>(wanted: NewEntry): Promise<R | undefined> {
    throwIfStopped()
    const before = items.get(wanted.id)
    if (before !== undefined && before.entry.refusal === undefined)
      return (await before.call?.promise) as R | undefined
    const { change } = wanted
    const entry = items.newEntry(wanted)
    // Without a place to keep it, it shows at once.
    const isKept = place !== undefined && (await items.keep(entry))
    const isPart = change.kind === 'attach' && change.commentId !== null
    if (isPart && !isKept) throw noRoomError()
    if (isKept && stopped !== undefined) return undefined
    throwIfStopped()
    discardReplaced(entry)
    const item = items.add(entry, isKept, wanted.live)
    const call = Promise.withResolvers<Position | undefined>()
    const waits = isKept && (isPart || !core.isUp())
    if (!waits) item.call = call
    if (isKept) {
      wanted.onKept?.()
      handOver(item)
    }
    pump()
    if (waits) return undefined
    const reply = await call.promise
    if (!isKept) wanted.onKept?.()
    return reply as R | undefined
  }

  function throwIfStopped(): void {
    if (stopped !== undefined) throw stopped
  }

  /** A new change of the same is the decision about a refused one. */
  function discardReplaced({ id, ticketId, change }: OutboxEntry): void {
    for (const { entry } of items.all()) {
      const isOther = entry.id !== id && entry.ticketId === ticketId
      if (isOther && entry.refusal !== undefined && isOfSame(change, entry.change))
        discard(entry.id)
    }
  }

  /** Tells the tab that leads, and leads instead when there is no answer. */
  function handOver(item: Item): void {
    tabs.post({ kind: 'put', entry: item.entry })
    if (tabs.isLeading()) return
    void core.sleep(answersMs).then(() => {
      if (!tabs.isLeading() && !item.isTaken && items.isIn(item)) tabs.take()
    })
  }

  function discard(id: string): void {
    const item = items.get(id)
    if (item === undefined) return
    item.shown.drop()
    item.call?.resolve(undefined)
    endUpload(item)
    items.remove(id)
    tabs.post({ kind: 'discarded', id })
    // What was to follow on a ticket that will not exist has nowhere to go.
    if (item.entry.change.kind === 'createTicket')
      for (const { entry } of items.all())
        if (entry.ticketId === item.entry.ticketId) discard(entry.id)
    pump()
  }

  void load()
  return {
    execute,
    state: items.state,
    discard,
    withdraw(id) {
      const item = items.get(id)
      if (item === undefined || item.call !== undefined) return undefined
      discard(id)
      return item.entry
    },
    sendAgain(id) {
      const item = items.get(id)
      if (item?.entry.refusal === undefined) return
      const { refusal, ...entry } = item.entry
      const change = insistedOn(entry.change, refusal.details)
      void replace({ ...entry, change, madeAt: Math.round(core.serverNow()) }).then(pump)
    },
    stop(reason) {
      stopped = reason
      for (const { entry, isKept, call, shown } of items.all()) {
        if (isKept) call?.resolve(undefined)
        else call?.reject(reason)
        shown.drop()
        items.forget(entry.id)
      }
      tabs.close()
    },
  }
}

/** The version that a reply confirms. */
function seqOf(reply: Position): number {
  const { ticket } = reply as { ticket?: { version?: number } | null }
  return ticket?.version ?? reply.seq
}
