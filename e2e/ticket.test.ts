import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { hold } from './hold.ts'
import { comment, openTicket, raise, row } from './screen.ts'

let desk: Desk
let ada: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

test('a comment is corrected and then removed on every screen', async () => {
  const { number } = await raise(sam, 'The lift is slow')
  await openTicket(sam.page, number)
  await openTicket(ada.page, number)
  await replyBox(ada.page).fill('Take the stair')
  await ada.page.keyboard.press('Control+Enter')
  await comment(sam.page, 'Ada Admin', 'Take the stair').waitFor()

  const menu = ada.page.getByRole('button', { name: 'More about the comment by Ada Admin' })
  await menu.click()
  await ada.page.getByRole('menuitem', { name: 'Correct' }).click()
  const field = ada.page.getByRole('textbox', { name: 'Correct the comment' })
  await field.and(ada.page.locator(':focus')).waitFor()
  await ada.page.keyboard.type('s.')
  await ada.page.keyboard.press('Control+Enter')
  await comment(sam.page, 'Ada Admin', 'Take the stairs.').getByText('corrected').waitFor()

  await menu.click()
  await ada.page.getByRole('menuitem', { name: 'Remove…' }).click()
  await ada.page.getByRole('button', { name: 'Remove it' }).click()
  await sam.page.getByText('A comment by Ada Admin was removed').waitFor()
  expect(await sam.page.getByText('Take the stairs.').count()).toBe(0)
})

test('a writer goes on while a comment is on its way, and loses nothing when it is refused', async () => {
  const { page } = ada
  const { number } = await raise(sam, 'The blinds rattle')
  await openTicket(page, number)
  const writes = await hold(page, (request) => request.url().endsWith('/comments'))
  await replyBox(page).fill('First.')
  await page.keyboard.press('Control+Enter')
  await replyBox(page).fill('Second.')
  await page.getByRole('article', { name: 'Comment by Ada Admin' }).getByText('Sending').waitFor()
  expect(await replyBox(page).inputValue()).toBe('Second.')
  await writes.release()
  await comment(page, 'Ada Admin', 'First.').waitFor()
  expect(await replyBox(page).inputValue()).toBe('Second.')

  await page.route('**/comments', (route) =>
    route.fulfill({ status: 403, json: { code: 'forbidden', message: 'You may not do this.' } }),
  )
  await page.keyboard.press('Control+Enter')
  await page.getByText('Not sent: You may not do this. Your text is still here.').waitFor()
  expect(await replyBox(page).inputValue()).toBe('Second.')
  await page.unrouteAll({ behavior: 'wait' })
  await replyBox(page).press('Control+Enter')
  await comment(page, 'Ada Admin', 'Second.').waitFor()
})

test('with a clock that is two hours off, a new comment is new and can be corrected', async () => {
  const { id, number } = await raise(sam, 'What time is it?')
  await ada.call('addComment', { params: { id }, body: { body: 'Just said.' } })
  for (const hours of [2, -2]) {
    const page = await ada.context.newPage()
    await page.addInitScript(`{
      const now = Date.now
      Date.now = () => now() + ${hours * 3_600_000}
    }`)
    await openTicket(page, number)
    const said = comment(page, ada.name, 'Just said.')
    await said.getByText('now', { exact: true }).waitFor()
    await said.getByRole('button', { name: /More about the comment/ }).click()
    await page.getByText(/For another 1[45] min/).waitFor()
    await page.close()
  }
})

test('a new person raises a ticket: its draft is kept, and it is created once', async () => {
  const { page } = sam
  await page.goto('/')
  await page.getByRole('link', { name: 'New ticket' }).first().click()
  const title = page.getByRole('textbox', { name: 'Title' })
  await title.fill('The badge reader is dark')
  await page.reload()
  await page.getByText('What you had begun to write is still here.').waitFor()
  expect(await title.inputValue()).toBe('The badge reader is dark')

  await title.press('Enter')
  await page.keyboard.type('Since **Monday**.')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'reader.log', mimeType: 'text/plain', buffer: Buffer.from('dark\n') })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await page.goBack()
  await page.getByRole('list', { name: 'Files to attach' }).getByText('reader.log').waitFor()
  // The browser cannot keep files as it keeps text, so it asks the person before it closes the page.
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  expect((await asked).type()).toBe('beforeunload')
  await (await asked).dismiss()
  await page.getByRole('button', { name: 'Create ticket' }).dblclick()
  await page.getByRole('heading', { level: 1, name: 'The badge reader is dark' }).waitFor()
  await page.getByText('Sam Sales attached reader.log').waitFor()
  await page.getByText('No replies yet. They appear here as soon as someone answers.').waitFor()

  const { items } = await sam.call('tickets', { query: { q: 'badge reader' } })
  expect(items.map((item) => item.title)).toEqual(['The badge reader is dark'])
  await page.goto('/new')
  await expect.poll(() => title.inputValue()).toBe('')
})

test('a ticket opens at the first item that the reader has not seen', async () => {
  const { page } = ada
  const { id, number } = await raise(sam, 'The tap drips')
  for (let line = 1; line <= 20; line += 1) {
    // oxlint-disable-next-line no-await-in-loop -- the order is what is tested
    await say(sam, id, `Drip ${line}.`)
  }
  await openTicket(page, number)
  await page.getByRole('heading', { name: 'The tap drips' }).waitFor()
  await page.getByText('Drip 1.', { exact: true }).waitFor()
  await page.keyboard.press('End')
  await expect.poll(() => seen(ada, number)).toBe(true)
  const seenTo = async () => (await ada.call('ticket', { params: { ref: id } })).ticket.seen
  const before = await seenTo()
  await page.goto('/settings')
  for (let line = 21; line <= 40; line += 1) {
    // oxlint-disable-next-line no-await-in-loop -- the order is what is tested
    await say(sam, id, `Drip ${line}.`)
  }
  await desk.founder.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
  await openTicket(page, number)
  const first = comment(page, 'Sam Sales', 'Drip 21.')
  await first.waitFor()
  await expect.poll(() => isInSight(page, 'Drip 21.')).toBe(true)
  expect(await isInSight(page, 'Drip 40.')).toBe(false)
  const mark = page.locator('[data-new-mark]')
  expect(await mark.locator('+ li').textContent()).toContain('Drip 21.')
  expect(await mark.locator('del, ins').allTextContents()).toEqual(['Open', 'Waiting'])
  // What was on the screen counts as seen, and nothing below it.
  await expect.poll(seenTo).toBeGreaterThan(before)
  expect(await seen(ada, number)).toBe(false)
  await page.keyboard.press('d')
  await mark.waitFor({ state: 'detached' })
})

test('a requester who stops watching is asked first, and does not see the ticket any more', async () => {
  const will = await desk.person('Will Watcher', 'sales')
  const { id, number } = await raise(sam, 'The fridge hums')
  await ada.call('watch', { params: { id, userId: will.id } })
  await openTicket(will.page, number)
  await will.page.getByRole('button', { name: 'Stop watching' }).click()
  const dialog = will.page.getByRole('dialog')
  await dialog.getByText('You will not see this ticket any more.').waitFor()
  await dialog.getByRole('button', { name: 'Stop watching' }).click()
  await will.page.getByRole('heading', { name: 'You can no longer see this ticket' }).waitFor()
  await will.page.getByRole('button', { name: 'Back to the list' }).first().click()
  await row(will.page, 'The fridge hums').waitFor({ state: 'detached' })
})

function replyBox(page: Page) {
  return page.getByRole('textbox', { name: 'Reply' })
}

async function say(person: Person, id: string, body: string): Promise<void> {
  await person.call('addComment', { params: { id }, body: { body } })
}

async function seen(person: Person, number: string): Promise<boolean> {
  const { ticket } = await person.call('ticket', { params: { ref: number } })
  return ticket.seen >= ticket.version
}

/** Whether a text is within the frame of the history, not above or below it. */
async function isInSight(page: Page, text: string): Promise<boolean> {
  const frame = await page.getByRole('region', { name: 'History' }).boundingBox()
  const line = await page.getByText(text, { exact: true }).boundingBox()
  if (!frame || !line) return false
  return line.y >= frame.y && line.y + line.height <= frame.y + frame.height
}
