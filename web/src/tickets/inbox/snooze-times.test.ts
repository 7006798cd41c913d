import { expect, test } from 'vitest'
import { snoozeTimes } from './snooze-times.ts'

function offered(now: Date): [string, string][] {
  const words = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  return snoozeTimes(now).map(({ label, at }) => [label, words.format(at)])
}

test('one may put something off to later today, tomorrow morning and next Monday', () => {
  expect(offered(new Date(2026, 10, 25, 11, 7))).toEqual([
    ['Later today', 'Wed 14:15'],
    ['Tomorrow morning', 'Thu 09:00'],
    ['Next week', 'Mon 09:00'],
  ])
})

test('late in the evening nothing is later today, and on a Sunday tomorrow is next week', () => {
  expect(offered(new Date(2026, 10, 29, 22, 0))).toEqual([['Tomorrow morning', 'Mon 09:00']])
  expect(offered(new Date(2026, 10, 30, 8, 0)).at(-1)).toEqual(['Next week', 'Mon 09:00'])
})
