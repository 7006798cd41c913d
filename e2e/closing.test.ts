import { afterAll, beforeAll, expect, test } from 'vitest'
import { inDatabaseOf } from '../server/src/testing/database-of.ts'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { openTicket, raise } from './screen.ts'

let desk: Desk
let ada: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

test('super admins see each other’s changes of the desk’s settings at once, and other people read whose they are', async () => {
  const { page } = desk.founder
  const rita = await desk.person('Rita Root', 'super_admin')
  for (const each of [page, rita.page, ada.page]) await each.goto('/settings')
  const field = page.getByRole('textbox', { name: 'Close resolved tickets after' })
  const theirs = rita.page.getByRole('textbox', { name: 'Close resolved tickets after' })
  await expect.poll(() => theirs.inputValue()).toBe('7')

  await field.fill('400')
  await field.press('Enter')
  await page.getByText('Enter a whole number from 0 to 365.').waitFor()
  await field.fill('3')
  await field.press('Enter')
  await page.getByText('Saved.').waitFor()
  await expect.poll(() => theirs.inputValue()).toBe('3')
  // It is not said beside a value that someone else set afterwards.
  await theirs.fill('4')
  await theirs.press('Enter')
  await page.getByText('Saved.').waitFor({ state: 'detached' })
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await field.fill('5')
  await save.press('Enter')
  await page.getByText('Saved.').waitFor()
  expect(await save.and(page.locator(':focus')).count()).toBe(1)

  // What one is typing stays, and is not saved over what the other set without a word.
  await field.fill('12')
  await theirs.fill('9')
  await theirs.press('Enter')
  await page.getByText('This was set to 9 days').waitFor()
  expect(await field.inputValue()).toBe('12')
  await page.getByRole('button', { name: 'Keep 9' }).click()
  expect(await field.inputValue()).toBe('9')
  await field.fill('12')
  await theirs.fill('8')
  await theirs.press('Enter')
  await page.getByText('This was set to 8 days').waitFor()
  await field.press('Enter')
  await expect.poll(() => theirs.inputValue()).toBe('12')
  expect(await page.getByText('This was set to').count()).toBe(0)

  await ada.page.getByText('Super admins see and change the settings of the whole desk').waitFor()
  expect(await ada.page.getByRole('textbox', { name: 'Close resolved' }).count()).toBe(0)

  await page.goto('/settings/audit')
  await page.getByText('Close resolved tickets after: 7 → 3').waitFor()
})

test('Deskbell closes a resolved ticket by itself, says so on every screen, and alerts nobody', async () => {
  const { id, number } = await raise(sam, 'Lamp is broken')
  await ada.call('changeStatus', { params: { id }, body: { status: 'resolved' } })
  for (const { page } of [ada, sam]) await openTicket(page, number)
  const { page: elsewhere } = await desk.person('Eve Else', 'admin')
  await elsewhere.goto('/?view=closed')

  const longAgo = new Date(Date.now() - 40 * 24 * 3_600_000)
  await inDatabaseOf(desk.dataDir, (db) =>
    db.updateTable('tickets').set({ updated_at: longAgo }).where('id', '=', id).execute(),
  )
  for (const { page } of [ada, sam]) {
    const line = page.locator('li[data-seq]').filter({ hasText: 'Deskbell closed this ticket' })
    await line.getByText('days without activity').waitFor({ timeout: 20_000 })
  }
  const toasts = elsewhere.getByRole('region', { name: 'Notifications' })
  expect(await toasts.getByText('Lamp is broken').count()).toBe(0)
})
