/** What a state machine does at an event: its next state, and the effects that its shell runs, in order. */
export interface Transition<State extends string, Effect extends string> {
  readonly to: State
  readonly effects: readonly Effect[]
}

/** States × events. Every state has a transition for every event: one that is missing is a type error. */
export type StateTable<
  State extends string,
  Event extends string,
  Effect extends string,
> = Readonly<Record<State, Readonly<Record<Event, Transition<State, Effect>>>>>

export function to<State extends string, Effect extends string = never>(
  state: State,
  ...effects: Effect[]
): Transition<State, Effect> {
  return { to: state, effects }
}
