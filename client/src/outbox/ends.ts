import type { Position, Reply } from '@deskbell/contract'
import { ApiError, unknownFormatError } from '../api-error.ts'
import type { Core } from '../core.ts'
import { refusalOf, withoutUpload } from './entry.ts'
import type { OutboxEntry } from './entry.ts'
import type { Item, Items } from './items.ts'
import { arrived, basedOn, isOfSame } from './kinds.ts'
import type { Tabs } from './tabs.ts'

interface EndsOptions {
  core: Core
  items: Items
  tabs: () => Tabs
  pump: () => void
}

/** What becomes of an item: the server has it, refuses it or does not answer, or its person discards it. */
export function createEnds({ core, items, tabs, pump }: EndsOptions) {
  /** The server has it, as event `seq`. */
  function confirmed(id: string, seq: number, reply?: Position): void {
    const item = items.get(id)
    if (item === undefined) return
    if (tabs().isLeading()) {
      endUpload(item, reply)
      for (const other of items.all()) follow(other, item.entry, seq)
    }
    items.remove(id)
    arrived(core, item.entry)
    item.call?.resolve(reply)
    tabs().post({ kind: 'confirmed', id, seq })
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
    if (!items.isIn(item)) return
    tabs().post({ kind: 'put', entry })
  }

  /** The server does not answer: the calls need not wait for what is kept. */
  function allWait(): void {
    for (const item of items.all()) {
      if (!item.isKept || item.entry.refusal !== undefined) continue
      item.call?.resolve(undefined)
      item.call = undefined
      if (!item.isWaiting) tabs().post({ kind: 'waits', id: item.entry.id })
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
    items.discard(id)
    tabs().post({ kind: 'discarded', id })
  }

  function discard(id: string): void {
    const item = items.get(id)
    if (item === undefined) return
    item.shown.drop()
    item.call?.resolve(undefined)
    endUpload(item)
    items.discard(id)
    tabs().post({ kind: 'discarded', id })
    for (const { entry } of items.all()) if (goesWith(entry, item.entry)) discard(entry.id)
    pump()
  }

  return { confirmed, refused, reject, discard, allWait, replace }
}

/** Whether a change makes no sense without another: on a ticket that was not created, or made with a comment. */
function goesWith({ ticketId, change }: OutboxEntry, other: OutboxEntry): boolean {
  if (other.change.kind === 'createTicket') return ticketId === other.ticketId
  return change.kind === 'changeField' && change.after === other.id
}
