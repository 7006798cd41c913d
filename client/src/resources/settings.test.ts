import { expect, test } from 'vitest'
import { settings } from './settings.ts'
import { event } from '../testing/build.ts'

test('settings are those of the last event, with the edits that are not confirmed yet', () => {
  const changed = event('settings:changed', 9, {
    settings: { closeAfterDays: 3, showStaffNames: false, emailNotes: false },
  })
  const after = settings.fold(
    { closeAfterDays: 7, showStaffNames: false, emailNotes: false },
    changed,
  )
  expect(after).toEqual({ closeAfterDays: 3, showStaffNames: false, emailNotes: false })
  expect(settings.view(after, [{ closeAfterDays: 5 }])).toEqual({
    closeAfterDays: 5,
    showStaffNames: false,
    emailNotes: false,
  })
  expect(settings.view(after, [{}])).toEqual({
    closeAfterDays: 3,
    showStaffNames: false,
    emailNotes: false,
  })
})
