import type { Tag } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { tagChoices } from './tag-choices.ts'

const tags = new Map(['Alarm', 'Battery', 'Cable', 'Old', 'Older'].map((name) => [name, tag(name)]))

test('tags that are there come first, and an archived one only while it is there', () => {
  const names = (checked: string[]) =>
    tagChoices(tags, new Set(['Cable', 'Old']), ({ id }) => checked.includes(id)).map(
      ({ name }) => name,
    )
  expect(names(['Cable', 'Old'])).toEqual(['Cable', 'Old', 'Alarm', 'Battery'])
  expect(names(['Battery'])).toEqual(['Cable', 'Alarm', 'Battery'])
})

function tag(name: string): Tag {
  const archived = name.startsWith('Old')
  return { id: name, name, color: 'red', internal: false, archived, mergedInto: null }
}
