import { expect, test } from 'vitest'
import { matching } from './matching.ts'
import type { PaletteItem } from './palette-item.ts'

const items = [
  item('Change the status', 'Ticket'),
  item('Assigned to me', 'Go to'),
  item('Assign to me', 'Ticket'),
  item('Theme: dark', 'You'),
]

test('without a query all items show, in their order', () => {
  expect(matching(items, ' ')).toEqual(items)
})

test('every word has to begin a word of the label or its group', () => {
  expect(labels('to me')).toEqual(['Assigned to me', 'Assign to me'])
  expect(labels('ticket stat')).toEqual(['Change the status'])
  expect(labels('tatus')).toEqual([])
})

test('case, accents and punctuation do not matter', () => {
  expect(matching([item('Rôle: Łukasz', 'You')], 'role lukasz')).toHaveLength(1)
  expect(labels('THEME dark')).toEqual(['Theme: dark'])
})

test('a label that begins with the query comes first', () => {
  expect(labels('t')[0]).toBe('Theme: dark')
  expect(labels('t')).toContain('Change the status')
})

function labels(query: string): string[] {
  return matching(items, query).map(({ label }) => label)
}

function item(label: string, group: string): PaletteItem {
  return { id: label, label, group, icon: null, run: () => undefined }
}
