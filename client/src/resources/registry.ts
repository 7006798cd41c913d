import type { Loaded, Resource } from '../cache/resource.ts'
import { counters } from './counters.ts'
import { doneNotifications, inbox } from './inbox.ts'
import { me } from './me.ts'
import { names } from './names.ts'
import { notificationCount } from './notification-count.ts'
import { people } from './people.ts'
import { settings } from './settings.ts'
import { tags } from './tags.ts'

/** Every live value that a desk has once. A new one is a file beside this one and a line here. */
export const resources = {
  me,
  counters,
  settings,
  people,
  names,
  tags,
  notificationCount,
  inbox,
  doneNotifications,
} satisfies Record<string, Resource<unknown, unknown>>

type Resources = typeof resources
export type ResourceName = keyof Resources

/** The values in `DeskState`; undefined until they are read, and while they are not retained. */
export type ResourceState = { readonly [N in ResourceName]: ShownOf<Resources[N]> }

/** A change of a value by this tab, not confirmed yet. */
export type ResourceChange = {
  [N in ResourceName]: { kind: 'resource'; name: N; edit: EditOf<Resources[N]> }
}[ResourceName]

type ValueOf<R> = R extends { load(...args: never[]): Promise<Loaded<infer T>> } ? T : never
type ViewOf<R> = R extends { view(...args: never[]): infer S } ? S : ValueOf<R>
type ShownOf<R> = R extends { initial: unknown } ? ViewOf<R> : ViewOf<R> | undefined
type EditOf<R> = R extends { view(value: never, edits: readonly (infer E)[]): unknown } ? E : never
