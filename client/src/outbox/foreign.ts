import type { Core } from '../core.ts'
import type { Item, Items } from './items.ts'

interface ForeignOptions {
  core: Core
  items: Items
  /** Asks the other tabs whether one of them sends this item. */
  ask(id: string): void
  pump(): void
}

/** How often a tab asks whether another one still sends what it wrote. */
const asksEveryMs = 10_000
/** A tab that does not answer within this time is closed. */
const answersMs = 1000

/** The items of other tabs, which send them, where no tab sends for all. What a closed tab wrote becomes this one's own. */
export function createForeign({ core, items, ask, pump }: ForeignOptions) {
  const answered = new Set<string>()

  async function watch(item: Item): Promise<void> {
    const { id } = item.entry
    item.isForeign = true
    while (item.isForeign && items.isIn(item)) {
      await core.sleep(asksEveryMs)
      ask(id)
      await core.sleep(answersMs)
      item.isForeign = answered.delete(id)
    }
    pump()
  }

  return {
    watch: (item: Item) => void watch(item),
    /** Another tab sends it. */
    answered: (id: string) => void answered.add(id),
  }
}
