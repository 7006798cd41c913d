import { expect, test } from 'vitest'
import { me } from './me.ts'
import { event, person } from '../testing/build.ts'

test('events change the name and settings of the person signed in', () => {
  const self = {
    id: 'person-Me',
    name: 'Me',
    email: '',
    role: 'admin',
    color: 0,
    settings: { theme: 'auto', autoAdvance: true, receipts: true },
    createdAt: '',
  } as const
  const settings = { theme: 'dark', autoAdvance: false, receipts: true } as const
  expect(me.fold(self, event('person:settingsChanged', 9, { settings })).settings).toEqual(settings)
  const [edited, ...both] = [
    { settings: { theme: 'light' } },
    { settings: { autoAdvance: false, receipts: true } },
  ]
  expect(me.view(self, [edited, ...both] as never).settings).toEqual({
    theme: 'light',
    autoAdvance: false,
    receipts: true,
  })
  const data = { person: person('Me', { name: 'Moi' }), assignedActive: 0, wasAssignable: true }
  expect(me.fold(self, event('person:changed', 9, data)).name).toBe('Moi')
  expect(me.fold(self, event('person:changed', 9, { ...data, person: person('Bo') }))).toBe(self)
})
