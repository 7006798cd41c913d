import { abandon } from '../cache/store.ts'
import type { CacheEntry } from '../cache/store.ts'
import type { Core } from '../core.ts'

/** An entry without subscribers is kept this long, so that going back to it is instant. */
const gcTimeMs = 60_000

/** Keeps an entry fetched and live until released. */
export function retain<E extends CacheEntry<unknown>>(
  core: Core,
  entries: Map<string, E>,
  key: string,
  create: () => E,
): () => void {
  const entry = entries.get(key) ?? create()
  if (!entries.has(key)) {
    entries.set(key, entry)
    void entry.fetch()
  }
  entry.subscribers += 1
  core.changed()
  let isRetained = true
  return () => {
    if (!isRetained) return
    isRetained = false
    entry.subscribers -= 1
    if (entry.subscribers > 0) return
    core.changed()
    void core.sleep(gcTimeMs).then(() => {
      if (entry.subscribers > 0) return
      if (entries.get(key) === entry) entries.delete(key)
      abandon(entry)
      core.changed()
    })
  }
}
