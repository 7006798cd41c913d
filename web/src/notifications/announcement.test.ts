import { afterEach, expect, test } from 'vitest'
import { announcement } from './announcement.ts'
import { toastStore } from './toast-store.ts'

afterEach(toastStore.dismissAll)

function raise(number: number) {
  toastStore.show({
    id: `ticket-${number}`,
    title: `#${number}`,
    line: 'Tom raised this ticket',
    news: { group: 'raised', several: (count) => `${count} new tickets`, where: { view: 'open' } },
  })
}

test('a screen reader hears of each new toast in one sentence, and of a burst once', () => {
  toastStore.show({ title: 'Link copied' })
  raise(1)
  const { toasts } = toastStore.current()
  expect(announcement(toasts, 0)).toBe('Link copied. #1: Tom raised this ticket')
  const heard = Math.max(...toasts.map(({ version }) => version))
  expect(announcement(toasts, heard)).toBe('')
  for (const number of [2, 3, 4]) raise(number)
  expect(announcement(toastStore.current().toasts, heard)).toBe('4 new tickets')
})
