import { expect, test } from 'vitest'
import { uuidv4, uuidv7 } from './uuid.ts'

test('a UUIDv4 is valid and unique', () => {
  const made = Array.from({ length: 200 }, () => uuidv4())
  expect(
    made.filter(
      (id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
    ),
  ).toEqual([])
  expect(new Set(made).size).toBe(200)
})

test('a UUIDv7 is valid and has its time', () => {
  const made = uuidv7(Date.parse('2026-11-22T10:42:00.000Z'))
  expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(made.replaceAll('-', '').slice(0, 12), 16)).toBe(
    Date.parse('2026-11-22T10:42:00.000Z'),
  )
})

test('later UUIDv7s sort later', () => {
  const times = [0, 1, 255, 256, 65_535, 2 ** 32 - 1, 2 ** 32, 2 ** 41]
  const made = times.map((time) => uuidv7(time))
  expect(made.toSorted()).toEqual(made)
})
