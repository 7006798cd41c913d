import { expect, test } from 'vitest'
import { walk } from '../testing/walk.ts'
import { followerTable, healthTable } from './follower-states.ts'
import type { FollowerEvent, FollowerState, HealthEvent } from './follower-states.ts'

test('a follower reads or rests, never both and neither twice, and reads after every notification', () => {
  const taken = walk<FollowerState, FollowerEvent, string>(followerTable, {
    from: 'reading',
    // `unread`: the log has grown since the last read began.
    world: { reads: 1, rests: 0, unread: 0 },
    possible: (_state, { reads, rests }) => [
      'notified',
      'stopAsked',
      ...(reads === 1 ? (['readAll', 'readPart', 'readFailed'] as const) : []),
      ...(rests === 1 ? (['rested'] as const) : []),
    ],
    happens(event, world) {
      if (event === 'notified') world['unread'] = 1
      if (event === 'rested') world['rests'] = 0
      if (event.startsWith('read')) world['reads'] = 0
    },
    runs(effect, world) {
      if (effect === 'read') world['unread'] = 0
      if (effect === 'read') world['reads'] = (world['reads'] ?? 0) + 1
      if (effect === 'rest') world['rests'] = (world['rests'] ?? 0) + 1
      if (effect === 'endRest') world['rests'] = 0
    },
    check(state, { reads, rests, unread }) {
      const at = [state, reads, rests, unread]
      if (state === 'stopped') return expect([at, rests]).toEqual([at, 0])
      expect([at, (reads ?? 0) + (rests ?? 0)]).toEqual([at, 1])
      // What grew during a read is read next, and nothing that grew waits for the end of a rest.
      if (unread === 1) expect([at, state]).toEqual([at, 'readingAgain'])
    },
  })
  // Elsewhere no read ends and no rest is over.
  const impossible = ['reading rested', 'readingAgain rested', 'stopped rested']
  for (const event of ['readAll', 'readPart', 'readFailed']) impossible.push(`resting ${event}`)
  expect(
    all(followerTable)
      .filter((one) => !taken.has(one))
      .toSorted(),
  ).toEqual(impossible.toSorted())
})

test('a stopped follower does nothing more, but it reports why its last read failed', () => {
  const effects = Object.entries(followerTable.stopped).map(([event, { to, effects }]) => [
    event,
    to,
    effects.join(),
  ])
  expect(effects.filter(([, to, done]) => to !== 'stopped' || done !== '')).toEqual([
    ['readFailed', 'stopped', 'report'],
  ])
})

test('health is told when it changes, and only then', () => {
  for (const state of ['healthy', 'stale'] as const) {
    for (const event of Object.keys(healthTable[state]) as HealthEvent[]) {
      const { to, effects } = healthTable[state][event]
      const told = to === state ? [] : [to === 'healthy' ? 'tellHealthy' : 'tellStale']
      expect([state, event, effects]).toEqual([state, event, told])
      expect([event, to]).toEqual([event, event === 'read' ? 'healthy' : 'stale'])
    }
  }
})

function all(table: Record<string, Record<string, unknown>>): string[] {
  return Object.entries(table).flatMap(([state, row]) =>
    Object.keys(row).map((event) => `${state} ${event}`),
  )
}
