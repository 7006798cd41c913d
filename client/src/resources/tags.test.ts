import { expect, test } from 'vitest'
import type { Tag } from '@deskbell/contract'
import { event } from '../testing/build.ts'
import { tags } from './tags.ts'

test('a tag that is merged takes the tags that stand for it along', () => {
  const all = [tag('Paper', 'Printer'), tag('Printer'), tag('Hardware')]
  const merged = event('tag:changed', 9, { tag: tag('Printer', 'Hardware') })
  const after = tags.fold(all, merged)
  expect(after.map(({ name, mergedInto }) => [name, mergedInto])).toEqual([
    ['Hardware', null],
    ['Paper', 'Hardware'],
    ['Printer', 'Hardware'],
  ])
  expect([...tags.view(after, [])].map(([id, { name }]) => [id, name])).toEqual([
    ['Hardware', 'Hardware'],
    ['Paper', 'Hardware'],
    ['Printer', 'Hardware'],
  ])
})

test('a pending tag shows in its place by name', () => {
  const shown = tags.view([tag('Hardware'), tag('Printer')], [{ made: tag('Paper') }])
  expect([...shown.keys()]).toEqual(['Hardware', 'Paper', 'Printer'])
})

test('a deleted tag is gone, also while it is being deleted', () => {
  const all = [tag('Hardware'), tag('Paper'), tag('Printer')]
  const gone = { tag: tag('Paper'), deleted: true } as const
  const after = tags.fold(all, event('tag:changed', 9, gone))
  expect(after.map(({ name }) => name)).toEqual(['Hardware', 'Printer'])
  const unused = all.map((one) => ({ ...one, used: false }))
  expect([...tags.view(unused, [{ id: 'Paper', deleted: true }]).keys()]).toEqual([
    'Hardware',
    'Printer',
  ])
})

test('a used tag is archived when it is deleted', () => {
  const used = { ...tag('Paper'), used: true }
  const shown = tags.view([used], [{ id: 'Paper', deleted: true }])
  expect(shown.get('Paper')).toEqual({ ...used, archived: true })
})

test('edits of one tag add up, and nothing is made of one that is gone', () => {
  const edits = [
    { id: 'Paper', to: { name: 'Toner' } },
    { id: 'Paper', to: { color: 'blue' } },
    { id: 'Gone', to: { name: 'Back' } },
  ] as const
  const shown = tags.view([tag('Paper')], edits)
  expect([...shown.values()]).toEqual([{ ...tag('Paper'), name: 'Toner', color: 'blue' }])
})

function tag(name: string, mergedInto: string | null = null): Tag {
  return { id: name, name, color: 'red', internal: false, archived: false, mergedInto }
}
