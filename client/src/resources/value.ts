import type { Me } from '@deskbell/contract'
import { applyValue } from '../cache/apply-replies.ts'
import { createEntry } from '../cache/store.ts'
import type { AnyResource, ValueEntry } from '../cache/store.ts'
import type { Core } from '../core.ts'
import { fetchEntry } from './fetch-entry.ts'
import { resources } from './registry.ts'
import type { ResourceName } from './registry.ts'
import { retain } from './retain.ts'

/** Keeps a resource fetched and live until released. */
export function openValue(core: Core, name: ResourceName): () => void {
  return retain(core, core.store.values, name, () => createValueEntry(core, resources[name]))
}

/** Keeps what a desk always has: the desk itself subscribes to it. */
export function openAlways(core: Core, me: Me): void {
  for (const name of Object.keys(resources) as ResourceName[]) {
    const resource: AnyResource = resources[name]
    if (resource.fetched !== 'always') continue
    openValue(core, name)
    const entry = core.store.values.get(name)
    if (entry !== undefined) entry.value = resource.initial?.(me)
  }
}

function createValueEntry(core: Core, resource: AnyResource): ValueEntry {
  const { store, api } = core
  const entry: ValueEntry = {
    ...createEntry({
      fetch: () =>
        fetchEntry(
          core,
          entry,
          () => resource.load(api, entry.value),
          (reply, later) => applyValue(store, entry, reply, later),
        ),
      reloadsOn: (event) =>
        entry.value !== undefined &&
        (resource.reloadsOn?.(event, store.reader, entry.value) ?? false),
    }),
    resource,
  }
  return entry
}
