import { expect, test } from 'vitest'
import { changeMany } from './change-many.ts'

test('changing many items continues after a refusal, and says what was changed', async () => {
  const changed: number[] = []
  const refusal = new Error('no')
  const outcome = await changeMany([1, 2, 3, 4, 5, 6, 7, 8, 9], async (one) => {
    if (one % 4 === 0) throw refusal
    await Promise.resolve()
    changed.push(one)
  })
  expect(changed.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 5, 6, 7, 9])
  expect(outcome).toEqual({ changed: [1, 2, 3, 5, 6, 7, 9], error: refusal })
})
