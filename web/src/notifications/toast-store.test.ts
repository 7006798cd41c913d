import { afterEach, expect, test } from 'vitest'
import { toastStore } from './toast-store.ts'

afterEach(toastStore.dismissAll)

test('at most three toasts are shown, the newest', () => {
  for (const id of ['a', 'b', 'c', 'd']) toastStore.show({ id, title: id })
  expect(toastStore.current().map(({ id }) => id)).toEqual(['b', 'c', 'd'])
})

test('changes of one ticket gather in one toast, whose timer restarts', () => {
  toastStore.show({ id: 'a', title: '#1', line: 'first' })
  const [before] = toastStore.current()
  toastStore.show({ id: 'b', title: '#2', line: 'other' })
  toastStore.show({ id: 'a', title: '#1', line: 'second' })
  const [after, other] = toastStore.current()
  expect(after?.lines).toEqual(['first', 'second'])
  expect(after?.version).toBeGreaterThan(before?.version ?? 0)
  expect(other?.lines).toEqual(['other'])
})

test('a dismissed toast is gone, with its lines', () => {
  toastStore.show({ id: 'a', title: '#1', line: 'first' })
  toastStore.dismiss('a')
  toastStore.show({ id: 'a', title: '#1', line: 'second' })
  expect(toastStore.current()[0]?.lines).toEqual(['second'])
})
