import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { raise, row, toast } from './screen.ts'

let desk: Desk
let ada: Person
let ben: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  ben = await desk.person('Ben Admin', 'admin')
})
afterAll(() => desk.close())

test('the cursor is on the row that took the place of one that left, by key, mouse, in bulk and by others', async () => {
  const { page } = ada
  const tickets = await raiseAll(['Row 1', 'Row 2', 'Row 3', 'Row 4', 'Row 5', 'Row 6', 'Row 7'])
  await page.goto('/?sort=created')
  await row(page, 'Row 7').waitFor()

  await page.keyboard.press('j')
  await focus(page, title(page, 'Row 1'))
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Closed' }).press('Enter')
  await focus(page, title(page, 'Row 2'))
  await ben.call('changeStatus', { params: { id: tickets[1]?.id }, body: { status: 'closed' } })
  await focus(page, title(page, 'Row 3'))
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('2 selected').waitFor()
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Resolved' }).press('Enter')
  await focus(page, title(page, 'Row 5'))

  // The pointer stays over the list, so the row stays where it is; the keyboard goes on.
  await row(page, 'Row 5').getByRole('checkbox').check()
  await page.getByRole('toolbar').getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitem', { name: 'Closed' }).click()
  await focus(page, title(page, 'Row 6'))
  await page.keyboard.press('j')
  await focus(page, title(page, 'Row 7'))
  await page.keyboard.press('k')
  await focus(page, title(page, 'Row 6'))

  // A menu stays with the ticket for which it was opened.
  await page.keyboard.press('p')
  await page.getByRole('menuitem', { name: 'Urgent' }).waitFor()
  await ben.call('changeStatus', { params: { id: tickets[5]?.id }, body: { status: 'closed' } })
  await row(page, 'Row 6').getByText('No longer in this list').waitFor()
  await page.getByRole('menuitem', { name: 'Urgent' }).press('Enter')
  await focus(page, title(page, 'Row 7'))
  const { ticket } = await ben.call('ticket', { params: { ref: tickets[5]?.id } })
  expect(ticket.priority).toBe('urgent')
})

test('beside the list the next ticket opens after a change that takes the ticket away, but not after that of others', async () => {
  const { page } = ada
  const tickets = await raiseAll(['Side 1', 'Side 2', 'Side 3', 'Side 4', 'Side 5'])
  await page.goto('/?view=unassigned&sort=created&q=')
  await row(page, 'Side 1').click()
  await page.getByRole('heading', { name: 'Side 1', level: 1 }).waitFor()
  await page.keyboard.press('i')
  await page.getByRole('heading', { name: 'Side 2', level: 1 }).waitFor()
  await page.getByRole('button', { name: /^Status:/ }).click()
  await page.getByRole('menuitem', { name: 'Closed' }).click()
  await page.getByRole('heading', { name: 'Side 3', level: 1 }).waitFor()

  await ben.call('changeStatus', { params: { id: tickets[2]?.id }, body: { status: 'closed' } })
  await page.getByRole('button', { name: /^Status: Closed/ }).waitFor()
  await page.getByRole('heading', { name: 'Side 3', level: 1 }).waitFor()
  await page.keyboard.press('j')
  await page.getByRole('heading', { name: 'Side 4', level: 1 }).waitFor()
  await page.locator('li[data-open]').filter({ hasText: 'Side 4' }).waitFor()

  await ada.call('editMe', { body: { settings: { autoAdvance: false } } })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page
    .getByRole('checkbox', { name: 'Open the next ticket by itself', checked: false })
    .waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Side 4', level: 1 }).waitFor()
  await page.keyboard.press('i')
  await page.getByRole('button', { name: /^Assignee: Ada Admin/ }).waitFor()
  await row(page, 'Side 4').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Side 4', level: 1 }).waitFor()
  await page.keyboard.press('Escape')
  await focus(page, title(page, 'Side 5'))
})

test('a change that closes, hides or touches several tickets is said, and taken back where nobody changed it since', async () => {
  const { page } = ada
  const [one, two] = await raiseAll(['Undo 1', 'Undo 2', 'Undo 3'])
  await page.goto('/?sort=-created')
  await row(page, 'Undo 1').waitFor()
  await page.keyboard.press('j')
  await focus(page, title(page, 'Undo 3'))
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Closed' }).press('Enter')
  await toast(page, /^#\d+ closed$/).waitFor()
  await focus(page, title(page, 'Undo 2'))
  await page.keyboard.press('z')
  await toast(page, /^Undone: Status of #\d+$/).waitFor()
  await row(page, 'Undo 3').getByText('Open').waitFor()

  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Resolved' }).press('Enter')
  await toast(page, '2 tickets resolved').waitFor()
  await ben.call('changeStatus', { params: { id: two?.id }, body: { status: 'closed' } })
  await page.getByRole('button', { name: 'Undo' }).click()
  await toast(page, `Not undone: Status of #${two?.number}`).waitFor()
  await toast(page, `Undone: Status of #${one?.number}`).waitFor()
  await row(page, 'Undo 1').waitFor()
  const status = async (id = '') =>
    (await ben.call('ticket', { params: { ref: id } })).ticket.status
  expect([await status(one?.id), await status(two?.id)]).toEqual(['open', 'closed'])

  // What only changes in sight is not said, and can be taken back all the same.
  await page.mouse.move(0, 0)
  await page.keyboard.press('k')
  await page.keyboard.press('p')
  await page.getByRole('menuitem', { name: 'Urgent' }).press('Enter')
  const urgent = page.locator('li[data-number]').getByRole('img', { name: 'Urgent priority' })
  await urgent.waitFor()
  await page.keyboard.press('z')
  await urgent.waitFor({ state: 'detached' })
})

/** Raises tickets one after the other, so that they have this order in the list. */
async function raiseAll(titles: readonly string[]) {
  const raised: { id: string; number: string }[] = []
  for (const name of titles) raised.push(await raise(ben, name))
  return raised
}

function title(page: Page, text: string): Locator {
  return row(page, text).getByRole('link')
}

/** Waits until an element has the focus. */
function focus(page: Page, locator: Locator): Promise<void> {
  return locator.and(page.locator(':focus')).waitFor()
}
