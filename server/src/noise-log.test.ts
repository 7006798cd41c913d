import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNoiseLog } from './noise-log.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function noiseLog() {
  const lines: unknown[] = []
  const info = (fields: object, line: string) => void lines.push([line, fields])
  return { lines, noise: createNoiseLog({ info: info as never, warn: info as never }) }
}

test('the first of a kind is a line, and further ones are counted once a minute', () => {
  const { lines, noise } = noiseLog()
  for (let index = 0; index < 500; index += 1) noise.note('unreadable', { index })
  noise.note('refused', {})
  expect(lines).toEqual([
    ['unreadable', { index: 0 }],
    ['refused', {}],
  ])
  vi.advanceTimersByTime(60_000)
  noise.note('unreadable', { index: 500 })
  vi.advanceTimersByTime(60_000)
  expect(lines.slice(2)).toEqual([
    ['unreadable: more of them within a minute', { more: 499 }],
    ['unreadable: more of them within a minute', { more: 1 }],
  ])
  // After a minute without it, the next one is logged as the first again.
  vi.advanceTimersByTime(60_000)
  noise.note('unreadable', { index: 501 })
  expect(lines.at(-1)).toEqual(['unreadable', { index: 501 }])
})

test('a sender cannot create kinds without end', () => {
  const { lines, noise } = noiseLog()
  for (let index = 0; index < 5_000; index += 1) noise.note(`from ${index}`, {})
  expect(lines.length).toBeLessThan(100)
  expect(vi.getTimerCount()).toBeLessThan(100)
})

test('the counts are logged when the server stops', () => {
  const { lines, noise } = noiseLog()
  noise.note('unreadable', {})
  noise.note('unreadable', {})
  noise.stop()
  expect(lines.at(-1)).toEqual(['unreadable: more of them within a minute', { more: 1 }])
  expect(vi.getTimerCount()).toBe(0)
})
