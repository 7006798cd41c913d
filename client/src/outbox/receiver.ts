import type { Core } from '../core.ts'
import { errorOf } from './entry.ts'
import type { OutboxEntry } from './entry.ts'
import { createForeign } from './foreign.ts'
import type { Item, Items } from './items.ts'
import { arrived } from './kinds.ts'
import type { Message, StepMessage } from './tabs.ts'

interface ReceiverOptions {
  core: Core
  items: Items
  pump(): void
  isLeading(): boolean
  isExclusive(): boolean
  post(message: Message): void
  reject(item: Item, error: unknown): void
}

/** Takes what other tabs tell, so that all of them show the same. */
export function createReceiver(options: ReceiverOptions) {
  const { core, items, pump, isLeading, isExclusive, post, reject } = options
  const foreign = createForeign({ core, items, pump, ask: (id) => post({ kind: 'asked', id }) })

  function receiveEntry(entry: OutboxEntry): void {
    const item = items.get(entry.id)
    if (item === undefined) {
      const added = items.add(entry, true)
      if (isLeading() && !isExclusive()) foreign.watch(added)
    } else if (entry.refusal === undefined || item.call === undefined) items.update(item, entry)
    else return reject(item, errorOf(entry.refusal))
    if (isLeading()) post({ kind: 'taken', id: entry.id })
    pump()
  }

  function answer(id: string): void {
    if (items.get(id)?.isForeign === false) post({ kind: 'sends', id })
  }

  function receiveStep(item: Item, message: StepMessage): void {
    switch (message.kind) {
      case 'taken':
        item.isTaken = true
        return
      case 'confirmed':
        arrived(core, item.entry)
        return item.shown.settle(message.seq)
      case 'discarded':
        return item.shown.drop()
      case 'waits':
        item.isWaiting = true
        return items.changed()
    }
  }

  return (message: Message): void => {
    if (message.kind === 'put') return receiveEntry(message.entry)
    if (message.kind === 'sends') return foreign.answered(message.id)
    if (message.kind === 'asked') return answer(message.id)
    const { kind, id } = message
    // The tab that sends it hears so itself: then what comes later follows from it.
    if (kind === 'confirmed' && items.get(id)?.isSending === true) return
    const isOver = kind === 'confirmed' || kind === 'discarded'
    const item = isOver ? items.forget(id) : items.get(id)
    if (item === undefined) return
    receiveStep(item, message)
    if (kind === 'taken') return
    item.call?.resolve(undefined)
    item.call = undefined
  }
}
