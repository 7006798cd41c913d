import type { StateTable } from '../log/state-table.ts'

/** What a walk keeps about the world around a machine: how many of each thing are under way, and the like. */
type World = Record<string, number>

interface Walk<State extends string, Event extends string, Effect extends string> {
  from: State
  world: World
  /** The events that can happen now. */
  possible(state: State, world: Readonly<World>): Event[]
  /** What an event itself changes, before its effects. */
  happens(event: Event, world: World): void
  runs(effect: Effect, world: World, state: State): void
  /** Throws if something is wrong. */
  check(state: State, world: Readonly<World>): void
}

/**
 * Walks through every state that a machine can reach together with its world, by every possible order of events. Returns
 * the transitions that were taken, as `state event`.
 */
export function walk<State extends string, Event extends string, Effect extends string>(
  table: StateTable<State, Event, Effect>,
  { from, world, possible, happens, runs, check }: Walk<State, Event, Effect>,
): Set<string> {
  const taken = new Set<string>()
  const known = new Set<string>()
  const open: { state: State; world: World }[] = [{ state: from, world }]
  for (const here of open) {
    check(here.state, here.world)
    for (const event of possible(here.state, here.world)) {
      const next = { ...here.world }
      const { to, effects } = table[here.state][event]
      taken.add(`${here.state} ${event}`)
      happens(event, next)
      for (const effect of effects) runs(effect, next, to)
      const key = JSON.stringify([to, Object.entries(next)])
      if (known.has(key)) continue
      known.add(key)
      // The loop also visits what it adds.
      open.push({ state: to, world: next })
    }
  }
  return taken
}
