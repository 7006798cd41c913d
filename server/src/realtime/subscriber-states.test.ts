import { expect, test } from 'vitest'
import { walk } from '../testing/walk.ts'
import { subscriberTable } from './subscriber-states.ts'
import type { SubscriberEffect, SubscriberEvent, SubscriberState } from './subscriber-states.ts'

/** Everything that can happen to a subscriber at any time. */
const always: SubscriberEvent[] = ['cutOff', 'failed', 'logLost', 'stopping', 'disconnected']

/** What is under way for a subscriber, and the events with which it ends. */
const ends: Record<string, SubscriberEvent[]> = {
  lookups: ['foundStart', 'foundCursor', 'foundNoSession'],
  waits: ['reachedCursor'],
  // A catch-up is at the end of the log, or waits for room.
  catchUps: ['caughtUp', 'gotRoom'],
  pages: ['gotPage'],
}

const begins: Partial<Record<SubscriberEffect, string>> = {
  awaitCursor: 'waits',
  catchUp: 'catchUps',
  sendPage: 'pages',
}

test('[RS1] [DL4] by every order of events, a subscriber is greeted once and first, and gets events from one place at a time', () => {
  const taken = walk<SubscriberState, SubscriberEvent, SubscriberEffect>(subscriberTable, {
    from: 'greeting',
    world: { lookups: 1, waits: 0, catchUps: 0, pages: 0, greeted: 0, closed: 0 },
    possible: (state, world) => [
      ...always,
      ...(state === 'live' ? (['filled'] as const) : []),
      ...Object.entries(ends).flatMap(([name, events]) => (world[name] === 1 ? events : [])),
    ],
    happens(event, world) {
      for (const [name, events] of Object.entries(ends)) if (events.includes(event)) world[name] = 0
      if (event === 'disconnected') world['closed'] = 1
    },
    runs(effect, world, state) {
      const begun = begins[effect]
      const at = [effect, state, { ...world }]
      if (begun !== undefined) {
        expect([at, world[begun]]).toEqual([at, 0])
        world[begun] = 1
      }
      if (effect === 'greet') {
        expect([at, world['greeted'], world['closed']]).toEqual([at, 0, 0])
        world['greeted'] = 1
      }
      if (['close', 'disconnect'].includes(effect)) world['closed'] = 1
      if (['catchUp', 'sendPage', 'sendPosition'].includes(effect) || effect.startsWith('say'))
        expect([at, world['greeted'], world['closed']]).toEqual([at, 1, 0])
    },
    check(state, world) {
      const { lookups, waits, catchUps, pages, greeted, closed } = world
      const at = [state, world]
      if (state === 'ended') return expect([at, closed]).toEqual([at, 1])
      const isGreeted = state === 'behind' || state === 'paging' || state === 'live'
      expect([at, greeted, closed]).toEqual([at, isGreeted ? 1 : 0, 0])
      expect([at, lookups, waits, catchUps, pages]).toEqual([
        at,
        state === 'greeting' ? 1 : 0,
        state === 'awaiting' ? 1 : 0,
        state === 'behind' ? 1 : 0,
        state === 'paging' ? 1 : 0,
      ])
    },
  })
  // What cannot happen changes nothing.
  const others = Object.entries(subscriberTable).flatMap(([state, row]) =>
    Object.entries(row)
      .filter(([event]) => !taken.has(`${state} ${event}`))
      .map(([event, { to, effects }]) => ({ state, event, to, effects })),
  )
  expect(others).toEqual(
    others.map(({ state, event }) => ({ state, event, to: state, effects: [] })),
  )
})

test('an ended subscriber stays ended, and nothing is begun or sent for it', () => {
  const done = Object.values(subscriberTable.ended).flatMap(({ to, effects }) => [to, ...effects])
  expect(new Set(done)).toEqual(new Set(['ended', 'report', 'close', 'closeLate']))
})
