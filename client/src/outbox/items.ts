import type { DeskEvent, Position } from '@deskbell/contract'
import type { Core } from '../core.ts'
import type { Mutation, MutationQueue } from '../mutations/mutation-queue.ts'
import type { ShownMutation } from '../mutations/shown-mutations.ts'
import { createDiscarded } from './discarded.ts'
import { isEntry, schema, unknownEntry } from './entry.ts'
import type { KeptChange, OutboxEntry } from './entry.ts'
import { mutationOf } from './kinds.ts'
import type { Live } from './kinds.ts'
import type { OutboxPlace } from './place.ts'
import { outboxItems } from './state.ts'
import type { OutboxState } from './state.ts'

/** A change that the server has not confirmed. */
export interface Item {
  entry: OutboxEntry
  /** It survives this tab. */
  isKept: boolean
  mutation: Mutation<Position>
  live: Live | undefined
  shown: ShownMutation<Position>
  isSending: boolean
  /** The tab that leads has it. */
  isTaken: boolean
  /** Another tab sends it. */
  isForeign: boolean
  /** It does not reach the server for now. */
  isWaiting: boolean
  /** The call in this tab that waits for it. */
  call: PromiseWithResolvers<Position | undefined> | undefined
}

export interface NewEntry {
  /** Its Idempotency-Key. */
  id: string
  ticketId: string
  change: KeptChange
  live?: Live
  /** It outlives this tab from now on; or the server has it. */
  onKept?: (() => void) | undefined
}

/** What waits for the server, in this tab and on the device. */
export type Items = ReturnType<typeof createItems>

/** A device that has not stored an entry after this time counts as one that keeps nothing. */
const storesMs = 2000

/** Browsers take the room from all pages of this address, and may refuse more. */
const mostBytes = 200_000_000

export function createItems(
  core: Core,
  queue: MutationQueue,
  place: OutboxPlace | undefined,
  onEvent: (id: string, event: DeskEvent) => void,
) {
  const personId = core.store.reader.id
  const items = new Map<string, Item>()
  /** Another tab may still have stored an item that is done. */
  const done = new Set<string>()
  const discarded = createDiscarded(core.environment.storage, personId)
  const store = place?.open()
  let keeps = place !== undefined
  let lastOrder = 0
  let shown: OutboxState | undefined
  store?.catch(keepNothing)

  function keepNothing(): void {
    keeps = false
    changed()
  }

  function changed(): void {
    shown = undefined
    core.changed()
  }

  function show(entry: OutboxEntry, mutation: Mutation<Position>): ShownMutation<Position> {
    if (entry.refusal !== undefined) return notShown
    return queue.show(mutation, entry.id, (event) => onEvent(entry.id, event))
  }

  function add(entry: OutboxEntry, isKept: boolean, live?: Live): Item {
    const mutation = mutationOf(core, entry, live)
    const item: Item = {
      entry,
      isKept,
      mutation,
      live,
      shown: show(entry, mutation),
      isSending: false,
      isTaken: false,
      isForeign: false,
      isWaiting: !core.isUp(),
      call: undefined,
    }
    done.delete(entry.id)
    lastOrder = Math.max(lastOrder, entry.order)
    items.set(entry.id, item)
    changed()
    return item
  }

  /** Stores an entry. Resolves to whether it is stored. */
  async function put(entry: OutboxEntry): Promise<boolean> {
    if (store === undefined) return false
    const stored = store.then((open) => open.put(entry)).then(() => true)
    const isStored = await Promise.race([stored, core.sleep(storesMs).then(() => false)]).catch(
      () => false,
    )
    if (!isStored) keepNothing()
    return isStored
  }

  /** Forgets an item of this tab, which another one removed from the device. */
  function forget(id: string): Item | undefined {
    const item = items.get(id)
    done.add(id)
    items.delete(id)
    changed()
    return item
  }

  async function removeStored(id: string): Promise<void> {
    await (await store)?.remove(id)
    discarded.removed(id)
  }

  return {
    get: (id: string) => items.get(id),
    all: () => [...items.values()],
    lastOrder: () => lastOrder,
    changed,
    add,
    put,
    forget,
    isIn: (item: Item) => items.get(item.entry.id) === item,
    /** Resolves to whether it is kept. */
    keep: (entry: OutboxEntry) =>
      keeps && fits(items.values(), entry.change) ? put(entry) : false,
    update(item: Item, entry: OutboxEntry): void {
      const before = item.entry.refusal
      item.entry = entry
      item.mutation = mutationOf(core, entry, item.live)
      if (before !== entry.refusal) {
        item.shown.drop()
        item.shown = show(entry, item.mutation)
      }
      changed()
    },
    /** Forgets an item that the server has, here and on the device. */
    remove(id: string): void {
      forget(id)
      // An item that stays is sent again with its key, and changes nothing.
      removeStored(id).catch(() => undefined)
    },
    /** Forgets an item that must not be sent, here and on the device. */
    discard(id: string): void {
      forget(id)
      discarded.add(id)
      removeStored(id).catch(() => undefined)
    },
    newEntry({ id, ticketId, change }: NewEntry): OutboxEntry {
      discarded.removed(id)
      const madeAt = Math.round(core.serverNow())
      const number = core.store.rows.get(ticketId)?.row?.number
      const order = items.get(id)?.entry.order ?? Math.max(lastOrder + 1, madeAt)
      lastOrder = Math.max(lastOrder, order)
      const known = number === undefined ? {} : { number }
      return { id, schema, personId, ticketId, ...known, change, madeAt, order }
    },
    /** Adds what this person's tabs, and earlier ones, have stored. */
    async load(): Promise<void> {
      const found = (await (await store)?.all(personId)) ?? []
      for (const value of found) {
        const entry = isEntry(value) ? value : unknownEntry(value, personId)
        if (discarded.has(entry.id)) removeStored(entry.id).catch(() => undefined)
        else if (!items.has(entry.id) && !done.has(entry.id)) add(entry, true).isWaiting = true
      }
    },
    state: () => (shown ??= outboxItems(keeps, items.values())),
  }
}

const notShown: ShownMutation<Position> = {
  accept: () => undefined,
  settle: () => undefined,
  drop: () => undefined,
}

function fits(items: Iterable<Item>, change: KeptChange): boolean {
  if (change.kind !== 'attach') return true
  const sizes = [...items].map(({ entry }) => sizeOf(entry.change))
  return sizes.reduce((sum, size) => sum + size, change.file.size) <= mostBytes
}

function sizeOf(change: KeptChange): number {
  return change.kind === 'attach' ? change.file.size : 0
}
