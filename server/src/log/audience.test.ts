import { expect, test } from 'vitest'
import { roles } from '@deskbell/contract'
import type { Audience } from './append-events.ts'
import { maySee } from './audience.ts'

test('[AU1] each audience contains exactly the people it names, by role and by id', () => {
  const sees: Record<Audience, [named: string[], unnamed: string[]]> = {
    participants: [
      ['sales', 'admin', 'super_admin'],
      ['admin', 'super_admin'],
    ],
    staff: [
      ['admin', 'super_admin'],
      ['admin', 'super_admin'],
    ],
    super_admins: [['super_admin'], ['super_admin']],
    people: [['sales', 'admin', 'super_admin'], []],
    others: [[], ['sales']],
    everyone: [
      ['sales', 'admin', 'super_admin'],
      ['sales', 'admin', 'super_admin'],
    ],
  }
  for (const [audience, expected] of Object.entries(sees) as [Audience, string[][]][]) {
    const seen = [['me'], ['you']].map((people) =>
      roles.filter((role) => maySee({ audience, people }, { id: 'me', role })),
    )
    expect([audience, seen]).toEqual([audience, expected])
  }
})
