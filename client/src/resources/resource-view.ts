import type { Store } from '../cache/store.ts'
import { editsOf } from '../mutations/pending-mutation.ts'
import type { PendingMutation } from '../mutations/pending-mutation.ts'
import { isEqual, sameItems } from '../same.ts'
import { resources } from './registry.ts'
import type { ResourceName, ResourceState } from './registry.ts'

/** Shows every resource with its pending edits. A value that is equal to the one before keeps its identity. */
export function createResourceView(
  store: Store,
  mutationsOf: (targetId: string) => readonly PendingMutation[],
) {
  const names = Object.keys(resources) as ResourceName[]
  const shownOf = new Map<ResourceName, { key: readonly unknown[]; value: unknown }>()

  function show(name: ResourceName, before: unknown): unknown {
    const entry = store.values.get(name)
    if (entry?.value === undefined || entry.subscribers === 0) return undefined
    const mutations = mutationsOf(entry.resource.targetId ?? name)
    const key = [entry.value, mutations]
    const shown = shownOf.get(name)
    if (shown !== undefined && sameItems(shown.key, key)) return shown.value
    const { resource } = entry
    const edits = editsOf(name, mutations)
    const made = resource.view ? resource.view(entry.value, edits) : entry.value
    const value = isEqual(before, made) ? before : made
    shownOf.set(name, { key, value })
    return value
  }

  return function showAll(before: ResourceState | undefined): ResourceState {
    const shown = names.map((name) => [name, show(name, before?.[name])])
    return Object.fromEntries(shown) as ResourceState
  }
}
