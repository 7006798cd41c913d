import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, openTicket, raise } from './screen.ts'

let desk: Desk
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

test('a comment that a super admin corrected says so on every screen, and the audit log has the text before', async () => {
  const { id, number } = await raise(sam, 'Lift is stuck')
  const made = await sam.call('addComment', { params: { id }, body: { body: 'Take teh stairs.' } })
  await openTicket(sam.page, number)
  const { page, call } = desk.founder
  const params = { id: made.comment.id }
  await call('editComment', { params, body: { body: 'Take the stairs.' } })
  const corrected = comment(sam.page, 'Sam Sales', 'Take the stairs.')
  await corrected.getByText('edited by Fay Founder').waitFor()

  await page.goto('/settings')
  await page.getByRole('link', { name: 'Open the audit log' }).click()
  const entry = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem').first()
  await entry.getByText('corrected someone else’s comment').waitFor()
  await entry.getByText('Sam Sales').waitFor()
  await entry.getByText('The text before').click()
  await entry.getByText('Take teh stairs.').waitFor()

  await call('deleteComment', { params })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await page.getByText('The text before was deleted with the comment.').waitFor()
  expect(await page.getByText('Take teh stairs.').count()).toBe(0)
})

test('the audit log loads more as the reader scrolls, filters by kind and by person, and downloads as a file', async () => {
  const { page, call } = desk.founder
  for (let turn = 0; turn < 60; turn += 1) {
    const theme = turn % 2 === 0 ? 'dark' : 'light'
    await sam.call('editMe', { body: { settings: { theme } } })
  }
  await call('endSessions', { params: { id: sam.id } })
  await page.goto('/settings/audit')
  await page.getByRole('combobox', { name: 'Who did it' }).fill('Sam')
  await page.getByRole('option', { name: 'Sam Sales' }).click()
  await page.getByRole('combobox', { name: 'What happened' }).fill('setting')
  await page.getByRole('option', { name: 'Changed a setting' }).click()
  const entries = page.getByRole('list', { name: 'Audit log' }).locator('> li')
  await expect.poll(() => entries.count()).toBe(50)
  await entries.last().scrollIntoViewIfNeeded()
  await expect.poll(() => entries.count()).toBe(60)
  expect(new URL(page.url()).searchParams.get('kind')).toBe('settings.changed')

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('deskbell-audit.csv')
  const text = await readFile(await download.path(), 'utf8')
  expect(text.trim().split('\r\n')).toHaveLength(61)
})

test('a person who is not a super admin finds no link to the audit log, and its page says for whom it is', async () => {
  const { page } = await desk.person('Abe Admin', 'admin')
  await page.goto('/settings')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  expect(await page.getByRole('link', { name: 'Open the audit log' }).count()).toBe(0)
  await page.goto('/settings/audit')
  await page.getByRole('heading', { name: 'The audit log is for super admins' }).waitFor()
})
