import { expect, test } from 'vitest'
import { createServerClock } from './server-clock.ts'

const hour = 3_600_000

/** A device whose clock is `skew` behind the server's, with answers that take half a second each way. */
function device(skew: number) {
  let now = Date.parse('2026-05-04T10:00:00.250Z')
  let behind = skew
  const clock = createServerClock({
    now: () => now,
    fetch: () => {
      now += 500
      const headers = { date: new Date(now + behind).toUTCString() }
      now += 500
      return Promise.resolve(new Response('', { headers }))
    },
  })
  return {
    clock,
    server: () => now + behind,
    set: (skew: number) => (behind = skew),
    iso: () => new Date(now + behind).toISOString(),
  }
}

test.for([0, 2 * hour, -2 * hour, 700])(
  'with clocks %j ms apart, one answer tells the server’s time',
  async (skew) => {
    const { clock, server, set } = device(skew)
    await clock.fetch('/')
    expect(Math.abs(clock.now() - server())).toBeLessThan(1_501)
    set(skew + hour)
    await clock.fetch('/')
    expect(Math.abs(clock.now() - server())).toBeLessThan(1_501)
  },
)

test('equal clocks stay equal', async () => {
  const { clock, server } = device(0)
  for (let answers = 0; answers < 5; answers += 1) await clock.fetch('/')
  expect(clock.now()).toBe(server())
})

test('a new event is not in the future', () => {
  const { clock, server, iso } = device(2 * hour)
  clock.hear(iso())
  expect(clock.now()).toBe(server())
})

test('an answer without a time changes nothing', async () => {
  const clock = createServerClock({ now: () => 5, fetch: () => Promise.resolve(new Response('')) })
  await clock.fetch('/')
  expect(clock.now()).toBe(5)
})
