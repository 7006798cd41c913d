import type { Position } from '@deskbell/contract'
import { isRateLimited, tooOldError } from '../api-error.ts'
import type { Core } from '../core.ts'
import type { MutationQueue } from '../mutations/mutation-queue.ts'
import type { Item, Items } from './items.ts'
import { sendable } from './order.ts'

interface SenderOptions {
  core: Core
  queue: MutationQueue
  items: Items
  /** Whether this tab sends this item now. */
  isActive(item: Item): boolean
  onTaken(item: Item): void
  /** The server does not answer. */
  onUnanswered(): void
  onReply(item: Item, reply: Position): void
  onRefused(item: Item, thrown: unknown): void
}

/** As many at once as leave connections for the rest of the page. */
const atOnce = 4
/** Older changes are not sent without a question: the server remembers keys for 30 days. */
const mostAgeMs = 25 * 24 * 3600_000

/** Sends what can be sent, again and again until it is answered. */
export function createSender(options: SenderOptions) {
  const { core, queue, items, isActive } = options

  function pump(): void {
    const all = items.all()
    const sending = all.filter(({ isSending }) => isSending).length
    const next = sendable(all).filter(isActive)
    for (const item of next.slice(0, Math.max(0, atOnce - sending))) void send(item)
  }

  async function send(item: Item): Promise<void> {
    item.isSending = true
    options.onTaken(item)
    try {
      if (core.serverNow() - item.entry.madeAt > mostAgeMs) throw tooOldError()
      const reply = await queue.deliver(item.mutation, item.entry.id, item.shown, {
        givesUp: !item.isKept,
        isOver: () => !items.isIn(item) || !isActive(item),
        onUnanswered(error) {
          if (!isRateLimited(error)) options.onUnanswered()
        },
      })
      item.isSending = false
      if (reply !== undefined) options.onReply(item, reply)
    } catch (thrown) {
      item.isSending = false
      if (items.isIn(item)) options.onRefused(item, thrown)
    }
    pump()
  }

  return { pump }
}
