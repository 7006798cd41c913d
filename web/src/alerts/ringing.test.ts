import { expect, test } from 'vitest'
import { createRinging } from './ringing.ts'

function start() {
  let now = 0
  let waiting: { at: number; callback: () => void } | undefined
  const rings: number[] = []
  const ringing = createRinging({
    now: () => now,
    after(ms, callback) {
      const mine = { at: now + ms, callback }
      waiting = mine
      return () => {
        if (waiting === mine) waiting = undefined
      }
    },
    ring: () => rings.push(now / 1000),
  })
  function pass(seconds: number) {
    const until = now + seconds * 1000
    while (waiting !== undefined && waiting.at <= until) {
      const { at, callback } = waiting
      waiting = undefined
      now = at
      callback()
    }
    now = until
  }
  return { ringing, rings, pass }
}

test('an urgent ticket rings every half minute until somebody looks', () => {
  const { ringing, rings, pass } = start()
  ringing.add('one')
  pass(20)
  ringing.add('two')
  pass(50)
  expect(rings).toEqual([30, 60])
  ringing.remove('one')
  pass(20)
  ringing.remove('two')
  pass(600)
  expect(rings).toEqual([30, 60, 90])
})

test('nobody hears it for longer than five minutes', () => {
  const { ringing, rings, pass } = start()
  ringing.add('one')
  pass(3600)
  expect(rings.at(-1)).toBe(270)
  ringing.add('two')
  pass(60)
  expect(rings.slice(-2)).toEqual([3630, 3660])
})
