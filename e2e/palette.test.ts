import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'

let desk: Desk
let page: Page
let printer: number
let invoice: number
beforeAll(async () => {
  desk = await openDesk()
  page = desk.founder.page
  printer = await raise('The printer jams', 'Since the new toner.')
  invoice = await raise('Invoice 2213 is wrong', 'It has the address of the printer.')
})
afterAll(() => desk.close())

test('the palette lists tickets found by title before those found by text, and opens one', async () => {
  await page.goto('/')
  await type('printer')
  const found = options().filter({ hasText: '#' })
  await expect.poll(() => found.allInnerTexts()).toHaveLength(2)
  expect(await found.first().innerText()).toContain('The printer jams')
  expect(await found.last().locator('mark').innerText()).toBe('printer')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Invoice 2213 is wrong' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/tickets/${invoice}`)
})

test('a number leads to that ticket', async () => {
  await page.goto('/')
  await type(`#${printer}`)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'The printer jams' }).waitFor()
})

test('the palette runs the actions of the page’s keys by name, and the result gets the focus', async () => {
  await page.goto(`/tickets/${printer}`)
  await page.getByRole('heading', { name: 'The printer jams' }).waitFor()
  await type('assign to me')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Assignee: Fay Founder/ }).waitFor()
  await type('reply')
  await page.keyboard.press('Enter')
  await expect
    .poll(() =>
      page.getByRole('textbox', { name: 'Reply' }).evaluate((field) => field.matches(':focus')),
    )
    .toBe(true)
})

test('screen readers announce the chosen line', async () => {
  await page.goto('/')
  await type('settings')
  const field = page.getByRole('combobox', { name: 'Search or jump to' })
  const chosen = page.locator(`[id="${await field.getAttribute('aria-activedescendant')}"]`)
  expect(await chosen.getAttribute('aria-selected')).toBe('true')
  expect(await chosen.innerText()).toContain('Settings')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
})

test('the sheet shows every shortcut, and single keys can be switched off', async () => {
  await page.goto('/')
  await page.getByText('Live', { exact: true }).first().waitFor()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await sheet.getByText('New ticket', { exact: true }).waitFor()
  await sheet.getByLabel('Single keys are shortcuts').uncheck()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await page.keyboard.press('c')
  await type('settings')
  expect(new URL(page.url()).pathname).toBe('/')
})

async function raise(title: string, description: string): Promise<number> {
  const body = { title, description }
  const { ticket } = await desk.founder.call('createTicket', { body })
  return ticket.number
}

async function type(text: string): Promise<void> {
  await page.getByText('Live', { exact: true }).first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill(text)
}

function options(): Locator {
  return page.getByRole('option')
}
