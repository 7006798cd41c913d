import type { DeskEvent, Me, Position, Reader } from '@deskbell/contract'
import type { Api } from '../api.ts'

/** A live value that a desk has once, such as the counters. `Edit`: a change of it by this tab, not confirmed yet. */
export interface Resource<T, Edit = never> {
  /** `always`: from the start. `retained`: while something on the screen subscribes to it. */
  fetched: 'always' | 'retained'
  /** The value before the first reply. Absent: undefined. */
  initial?(me: Me): T
  /** `before`: what was loaded until now. */
  load(api: Api, before?: T): Promise<Loaded<T>>
  /** The value after an event; the same value when the event does not concern it. */
  fold(value: T, event: DeskEvent, reader: Reader): T
  /**
   * Whether an event changes the value, which it was folded into, without saying how. The value takes no events until it is
   * fetched again.
   */
  reloadsOn?(event: DeskEvent, reader: Reader, value: T): boolean
  /** Whose pending edits it shows: the target of the mutations. Absent: its own name. */
  targetId?: string
  /** The value in `DeskState`. Absent: the value itself. */
  view?(value: T, edits: readonly Edit[]): unknown
}

/** A value, and the position it was read at. */
export interface Loaded<T> extends Position {
  value: T
}
