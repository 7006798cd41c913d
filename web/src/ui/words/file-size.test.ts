import { expect, test } from 'vitest'
import { fileSize } from './file-size.ts'

test.each([
  [0, '0 bytes'],
  [840, '840 bytes'],
  [1000, '1 KB'],
  [12_600, '12 KB'],
  [3.4 * 1024 * 1024, '3.4 MB'],
  [2 * 1024 * 1024, '2 MB'],
  [25 * 1024 * 1024, '25 MB'],
  [2 * 1024 ** 4, '2 TB'],
])('%i bytes are shown as %s', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words)
})
