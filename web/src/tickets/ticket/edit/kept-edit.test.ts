import { browserStorage } from '@deskbell/client/testing'
import { expect, test } from 'vitest'
import { keptEditPlace } from './kept-edit.ts'

test('an edit is stored by person and by text, until it is discarded', () => {
  const storage = browserStorage()
  const edit = { text: 'Printer jams', base: 'Prinetr', version: 7 }
  const mine = keptEditPlace(storage, 'ada', 'one.title')
  mine.set(edit)
  expect(keptEditPlace(storage, 'ada', 'one.title').get()).toEqual(edit)
  expect(keptEditPlace(storage, 'ada', 'two.title').get()).toBeUndefined()
  expect(keptEditPlace(storage, 'ben', 'one.title').get()).toBeUndefined()
  mine.clear()
  expect(mine.get()).toBeUndefined()
})

test('a stored value that is not an edit is ignored, and a full storage is no failure', () => {
  const storage = browserStorage()
  const place = keptEditPlace(storage, 'ada', 'one.title')
  for (const text of ['', '{', 'null', '{"text":"x"}', '{"text":1,"base":"","version":1}']) {
    storage.setItem('deskbell.edit.ada.one.title', text)
    expect(place.get()).toBeUndefined()
  }
  storage.setItem = () => {
    throw new DOMException('Full', 'QuotaExceededError')
  }
  expect(() => place.set({ text: '', base: '', version: 0 })).not.toThrow()
})
