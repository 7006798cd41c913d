import type { PersonRef, Tag } from '@deskbell/contract'
import { describe, expect, test } from 'vitest'
import { changeWords, plainWords } from './change-words.ts'

const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const ben: PersonRef = { id: 'ben', name: 'Ben', staff: true, active: true, color: 0 }
const line = {
  seq: 7,
  at: '2026-11-22T10:00:00.000Z',
  actor: { kind: 'person', person: ada },
} as const

const tags = new Map([
  ...['Paper', 'Ink', 'Toner'].map((name) => [name.toLowerCase(), tag(name)] as const),
  ['cartridge', tag('Toner')] as const,
])

describe('changeWords', () => {
  test.each([
    [{ ...line, kind: 'status', old: 'open', new: 'in_progress' }, 'moved it to In progress'],
    [{ ...line, kind: 'status', old: 'closed', new: 'open' }, 'reopened it'],
    [{ ...line, kind: 'status', old: 'waiting', new: 'open' }, 'moved it to Open'],
    [
      { ...line, kind: 'status', old: 'resolved', new: 'closed', afterDays: 7 },
      'closed this ticket after 7 days without activity',
    ],
    [{ ...line, kind: 'priority', old: 'low', new: 'urgent' }, 'raised the priority to Urgent'],
    [{ ...line, kind: 'priority', old: 'high', new: 'low' }, 'lowered the priority to Low'],
    [updated({ assignee: { old: null, new: ben } }), 'assigned it to Ben'],
    [updated({ assignee: { old: ben, new: ada } }), 'took it'],
    [updated({ assignee: { old: ada, new: null } }), 'gave it back'],
    [updated({ assignee: { old: ben, new: null } }), 'took it from Ben, so that nobody has it'],
    [updated({ watchers: { old: [ada], new: [ada, ben] } }), 'added Ben as a watcher'],
    [updated({ watchers: { old: [ada, ben], new: [ben] } }), 'stopped watching'],
    [
      updated({ title: { old: 'a', new: 'b' }, description: { old: '', new: 'x' } }),
      'changed the title to b and edited the description',
    ],
  ] as const)('%j reads “%s”', (item, sentence) => {
    expect(plainWords(changeWords(item))).toBe(sentence)
  })

  test.each([
    [{ added: ['paper'], removed: [] }, 'added the tag Paper'],
    [{ added: ['paper', 'ink', 'toner'], removed: [] }, 'added the tags Paper, Ink and Toner'],
    [{ added: ['ink'], removed: ['paper'] }, 'added the tag Ink and removed the tag Paper'],
    // Toner and Cartridge stand for the same tag.
    [{ added: [], removed: ['toner', 'cartridge'] }, 'removed the tag Toner'],
  ])('tags %j read “%s”', (change, sentence) => {
    expect(plainWords(changeWords(updated({ tags: change }), tags))).toBe(sentence)
  })
})

function updated<C>(changes: C) {
  return { ...line, kind: 'updated' as const, changes }
}

function tag(name: string): Tag {
  const id = name.toLowerCase()
  return { id, name, color: 'red', internal: false, archived: false, mergedInto: null }
}
