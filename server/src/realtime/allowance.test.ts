import { expect, test } from 'vitest'
import { createAllowances } from './allowance.ts'

test('[LM3] who comes back has what they left, and others have their own', () => {
  let now = 0
  const of = createAllowances({ atOnce: 10, perSecond: 2 }, () => now)
  expect(of('ada').take(8)).toBe(8)
  expect(of('grace').take(8)).toBe(8)
  expect(of('ada').take(8)).toBe(2)
  now += 2_000
  expect(of('new').take(1)).toBe(1)
  expect(of('ada').take(8)).toBe(4)
})

test('an allowance that is whole again is forgotten, and not before', () => {
  let now = 0
  const of = createAllowances({ atOnce: 10, perSecond: 2 }, () => now)
  const first = of('ada')
  first.take(10)
  now += 4_900
  of('grace')
  expect(of('ada')).toBe(first)
  now += 100
  of('edith')
  expect(of('ada')).not.toBe(first)
})
