import type { ListItem } from '@deskbell/client'
import { expect, test } from 'vitest'
import { rowHeight, titleLines } from './row-height.ts'

const long = 'The printer on the second floor prints blank pages since Monday'

test('a narrow list gives a long title two lines, and a wide one none', () => {
  expect(titleLines('Printer', 360, true)).toBe(1)
  expect(titleLines(long, 360, true)).toBe(2)
  expect(titleLines('二階のプリンターが白紙を印刷します。', 320, true)).toBe(2)
  expect(titleLines(long, 1200, false)).toBe(1)
})

test('a row is as high as its lines', () => {
  const row = (part: Partial<ListItem>) => ({ title: 'Printer', ...part }) as ListItem
  const found = [{ in: 'comment', parts: [] }] as never
  expect(rowHeight(row({}), 360, true)).toBe(60)
  expect(rowHeight(row({ title: long }), 360, true)).toBe(80)
  expect(rowHeight(row({ title: long, matches: found }), 360, true)).toBe(96)
  expect(rowHeight(row({ title: long }), 1200, false)).toBe(44)
})
