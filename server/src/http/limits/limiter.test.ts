import { expect, test } from 'vitest'
import { createMemoryLimiter } from './limiter.ts'

const budget = { name: 'things', burst: 3, perSecond: 2 }

function limiterWithClock() {
  let now = 1_000
  const limiter = createMemoryLimiter(() => now)
  return {
    ...limiter,
    pass(ms: number) {
      now += ms
    },
    async takeMany(count: number, key = 'ada') {
      const waits: number[] = []
      while (waits.length < count) waits.push(await limiter.take(budget, key))
      return waits
    },
  }
}

test('a burst is available at once, and then so many per second', async () => {
  const { takeMany, pass } = limiterWithClock()
  expect(await takeMany(5)).toEqual([0, 0, 0, 500, 500])
  pass(499)
  expect(await takeMany(1)).toEqual([1])
  pass(1)
  expect(await takeMany(2)).toEqual([0, 500])
})

test('the whole burst is available again after a while, and no more than that', async () => {
  const { takeMany, pass } = limiterWithClock()
  await takeMany(3)
  pass(3_600_000)
  expect(await takeMany(4)).toEqual([0, 0, 0, 500])
})

test('each key has its own budget', async () => {
  const { takeMany } = limiterWithClock()
  await takeMany(4, 'ada')
  expect(await takeMany(1, 'grace')).toEqual([0])
})

test('a refunded action can be taken again', async () => {
  const { takeMany, giveBack } = limiterWithClock()
  await takeMany(3)
  await giveBack(budget, 'ada')
  expect(await takeMany(2)).toEqual([0, 500])
})

test('a budget that was reset is full', async () => {
  const { takeMany, reset } = limiterWithClock()
  await takeMany(3)
  await reset(budget, 'ada')
  expect(await takeMany(4)).toEqual([0, 0, 0, 500])
})

test('an action of many units takes all of them or none, and waits for what is missing', async () => {
  const { take, pass } = limiterWithClock()
  expect(await take(budget, 'ada', 2)).toBe(0)
  expect(await take(budget, 'ada', 3)).toBe(1_000)
  expect(await take(budget, 'ada', 1)).toBe(0)
  pass(1_500)
  expect(await take(budget, 'ada', 3)).toBe(0)
})
