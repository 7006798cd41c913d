import type { Position } from '@deskbell/contract'
import { noRoomError } from '../api-error.ts'
import type { Core } from '../core.ts'
import type { MutationQueue } from '../mutations/mutation-queue.ts'
import { createEnds } from './ends.ts'
import type { OutboxEntry } from './entry.ts'
import { createItems } from './items.ts'
import type { Item, NewEntry } from './items.ts'
import { insistedOn, isOfSame } from './kinds.ts'
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
  const items = createItems(core, queue, place, (id, { meta }) => ends.confirmed(id, meta.seq))
  const ends = createEnds({ core, items, tabs: () => tabs, pump: () => pump() })
  const { pump } = createSender({
    core,
    queue,
    items,
    isActive: ({ isKept }) => stopped === undefined && (tabs.isLeading() || !isKept),
    onTaken({ entry: { id }, isTaken }) {
      if (!isTaken) tabs.post({ kind: 'taken', id })
    },
    onUnanswered: ends.allWait,
    onReply: ({ entry }, reply) => ends.confirmed(entry.id, seqOf(reply), reply),
    onRefused: ends.refused,
  })
  const receive = createReceiver({
    core,
    items,
    pump,
    isLeading: () => tabs.isLeading(),
    isExclusive: () => tabs.isExclusive(),
    post: (message) => tabs.post(message),
    reject: ends.reject,
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
        ends.discard(entry.id)
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

  void load()
  return {
    execute,
    state: items.state,
    discard: ends.discard,
    withdraw(id) {
      const item = items.get(id)
      if (item === undefined || item.call !== undefined) return undefined
      ends.discard(id)
      return item.entry
    },
    sendAgain(id) {
      const item = items.get(id)
      if (item?.entry.refusal === undefined) return
      const { refusal, ...entry } = item.entry
      const change = insistedOn(entry.change, refusal.details)
      const madeAt = Math.round(core.serverNow())
      void ends.replace({ ...entry, change, madeAt }).then(pump)
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
