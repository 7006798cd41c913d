import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Position } from '@deskbell/contract'
import { createFakeClock } from '../testing/fake-clock.ts'
import { follow } from './follow-log.ts'
import type { Log } from './log-reader.ts'
import type { LoggedEvent } from './logged-event.ts'

/** A log in memory that a test appends to, breaks and restores. */
function createFakeLog() {
  let events: LoggedEvent[] = []
  let history = 0
  let reads = 0
  let isBroken = false
  const tagOf = (seq: number) => `${history}-${seq}`
  const head = (): Position => {
    const { seq, tag } = events.at(-1) ?? { seq: 0, tag: tagOf(0) }
    return { seq, tag }
  }

  async function read<T>(result: () => T): Promise<T> {
    reads += 1
    expect(reads, 'reads at a time').toBe(1)
    await Promise.resolve()
    reads -= 1
    if (isBroken) throw new Error('broken')
    return result()
  }

  const log: Log = {
    head: () => read(head),
    eventsSince: ({ seq, tag }, portion) =>
      read(() => {
        const known = seq === 0 ? tagOf(0) : events[seq - 1]?.tag
        return known === tag ? events.slice(seq, seq + portion.events) : undefined
      }),
  }
  return {
    log,
    head,
    append(count: number) {
      for (let seq = events.length + 1; count > 0; count -= 1, seq += 1)
        events.push({ seq, tag: tagOf(seq), name: 'ticket:seen', bytes: 1 } as LoggedEvent)
    },
    setBroken(broken: boolean) {
      isBroken = broken
    },
    isBroken: () => isBroken,
    /** Puts back a backup: the last events are gone, and others will have their numbers. */
    restore(lost: number) {
      history += 1
      events = events.slice(0, Math.max(0, events.length - lost))
      const last = events.at(-1)
      if (last !== undefined) events[events.length - 1] = { ...last, tag: tagOf(last.seq) }
    },
  }
}

type Step =
  | { kind: 'append'; count: number }
  | { kind: 'notify' | 'break' | 'heal' }
  | { kind: 'restore'; lost: number }
  | { kind: 'wait'; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    count: fc.oneof(fc.nat({ max: 3 }), fc.constant(700)),
  }),
  fc.record({ kind: fc.constantFrom('notify' as const, 'break' as const, 'heal' as const) }),
  fc.record({ kind: fc.constant('restore' as const), lost: fc.nat({ max: 3 }) }),
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(0, 1, 100, 250, 2_000, 5_500),
  }),
)

test('[LG3] [LG5] [LG7] a follower hands on every event once and in order, is stale without the log, and starts again at a lost position', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const clock = createFakeClock()
      const { log, ...fake } = createFakeLog()
      const bugs: string[] = []
      const follower = await follow(log, {
        clock,
        reportBug: (bug) => bugs.push(bug instanceof Error ? bug.message : String(bug)),
      })
      let next = 1
      const health: boolean[] = []
      follower.onHealth((isHealthy) => {
        health.push(isHealthy)
        // After a loss the stream continues from wherever the log now ends.
        if (!isHealthy) next = follower.position().seq + 1
      })
      follower.onEvents((events) => {
        for (const { seq } of events) expect(seq).toBe(next++)
        expect(follower.position().seq).toBe(next - 1)
      })
      let brokenMs = 0
      for (const one of steps) {
        if (one.kind === 'append') fake.append(one.count)
        if (one.kind === 'notify') follower.notify()
        if (one.kind === 'break' || one.kind === 'heal') fake.setBroken(one.kind === 'break')
        if (one.kind === 'restore') fake.restore(one.lost)
        const waitMs = one.kind === 'wait' ? one.ms : 0
        await clock.advance(waitMs)
        brokenMs = fake.isBroken() ? brokenMs + waitMs : 0

        const isRead = !fake.isBroken() && (one.kind === 'notify' || waitMs >= 250)
        const isAtHead = isDeepStrictEqual(follower.position(), fake.head())
        expect({ isRead, isFine: !isRead || (follower.isHealthy() && isAtHead) }).toMatchObject({
          isFine: true,
        })
        const isLate = brokenMs >= 5_500
        expect({ isLate, isFine: !isLate || !follower.isHealthy() }).toMatchObject({ isFine: true })
        // It is told of every change, and of nothing else.
        expect(health).toEqual(health.map((_, index) => index % 2 === 1))
        expect(follower.isHealthy()).toBe(health.at(-1) ?? true)
      }
      await follower.stop()
      const at = follower.position()
      fake.setBroken(false)
      fake.append(1)
      follower.notify()
      await clock.advance(10_000)
      expect(follower.position()).toEqual(at)
    }),
    { numRuns: 300 },
  )
}, 60_000)

test('a follower that is notified reads without waiting for its poll', async () => {
  const clock = createFakeClock()
  const { log, append } = createFakeLog()
  const follower = await follow(log, { clock, reportBug: () => {} })
  const seen: number[] = []
  follower.onEvents((events) => seen.push(...events.map(({ seq }) => seq)))
  await clock.advance(0)
  append(2)
  await clock.advance(249)
  expect(seen).toEqual([])
  follower.notify()
  await clock.advance(0)
  expect(seen).toEqual([1, 2])
  await follower.stop()
})
