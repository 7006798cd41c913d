import type { PersonRef } from '@deskbell/contract'
import { describe, expect, test } from 'vitest'
import { whoWillSee } from './who-will-see.ts'

const agent = person('Ada', { staff: true })
const creator = person('Ben')

describe('whoWillSee', () => {
  test('names the people who see it without being staff, and all staff', () => {
    const ticket = { creator, watchers: [person('Cleo'), agent] }
    expect(whoWillSee(ticket, agent.id, false)).toBe('Ben, Cleo and all staff will see this reply.')
  })

  test('leaves out the reader, people named twice and people who left', () => {
    const ticket = { creator, watchers: [creator, person('Dan', { active: false })] }
    expect(whoWillSee(ticket, creator.id, false)).toBe('All staff will see this reply.')
  })

  test('counts those it does not name', () => {
    const watchers = ['Cleo', 'Dan', 'Eve', 'Fay', 'Gil'].map((name) => person(name))
    expect(whoWillSee({ creator, watchers }, agent.id, false)).toBe(
      'Ben, Cleo, Dan, Eve, 2 others and all staff will see this reply.',
    )
  })

  test('says that a note stays with staff', () => {
    expect(whoWillSee({ creator, watchers: [] }, agent.id, true)).toBe(
      'Only staff will see this note.',
    )
  })
})

function person(name: string, part: Partial<PersonRef> = {}): PersonRef {
  return { id: name.toLowerCase(), name, staff: false, active: true, color: 0, ...part }
}
