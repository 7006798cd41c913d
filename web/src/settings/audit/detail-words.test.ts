import { expect, test } from 'vitest'
import { detailWords } from './detail-words.ts'

test.each([
  [{ from: 'sales', to: 'admin' }, ['Requester → Admin']],
  [{ setting: 'theme', from: 'auto', to: 'dark' }, ['Theme: As the device → Dark']],
  [{ reason: 'replaced', count: 1 }, ['Someone signed in in the same browser', '1 session']],
  [{ more: 499 }, ['499 more times']],
  [{ length: 1, files: 0 }, ['1 character']],
  [{ tag: 'an id', name: 'Printer', internal: true }, ['Printer', 'Staff only']],
  [{ tag: 'an id', from: 'Printer', to: 'Printers' }, ['Printer → Printers']],
  [{ tag: 'an id', from: 'sales', to: 'dark' }, ['sales → dark']],
  [{ someday: true }, ['Someday: true']],
  [{}, []],
])('%j is said as %j', (details, words) => {
  expect(detailWords(details)).toEqual(words)
})
