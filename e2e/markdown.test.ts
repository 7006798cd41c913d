import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import * as clipboards from './clipboards.ts'
import type { Clipboard } from './clipboards.ts'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, openTicket, raise } from './screen.ts'

let desk: Desk
let sam: Person
let ada: Person
beforeAll(async () => {
  desk = await openDesk()
  sam = await desk.person('Sam Sales', 'sales')
  ada = await desk.person('Ada Admin', 'admin')
})
afterAll(() => desk.close())

/** Texts on which the parser works until its stack is exhausted, or its time. */
const endless = ['1. '.repeat(6_600) + 'a', '* '.repeat(9_900) + 'a']
const asWritten = 'Shown as it was written: it could not be formatted.'

test('a text made to block the parser shows as it was written, beside others, and the ticket can be closed', async () => {
  const [description = '', ...bodies] = endless
  const body = { title: 'Choke', description, priority: 'low' } as const
  const { ticket } = await sam.call('createTicket', { body })
  const params = { id: ticket.id }
  for (const text of [...bodies, 'Is **this** readable?'])
    await sam.call('addComment', { params, body: { body: text } })

  const { page } = ada
  await openTicket(page, String(ticket.number))
  await comment(page, 'Sam Sales', 'Is this readable?').locator('strong').waitFor()
  await expect.poll(() => page.getByText(asWritten).count()).toBe(endless.length)
  await page.getByText('1. 1. 1. 1.').first().waitFor()
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Closed' }).click()
  await expect
    .poll(async () => (await ada.call('ticket', { params: { ref: ticket.id } })).ticket.status)
    .toBe('closed')
})

test('the preview of such a text shows it as it was written, and writing goes on', async () => {
  const { number } = await raise(sam, 'Preview')
  const { page } = sam
  await openTicket(page, number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  await field.fill('* '.repeat(9_900) + 'a')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByText(asWritten).waitFor()
  await page.getByRole('button', { name: 'Write' }).click()
  await field.fill('A **bold** word.')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.locator('strong').getByText('bold').waitFor()
  await page.getByRole('button', { name: 'Write' }).click()
  await field.fill('')
})

test('a text whose tree cannot be shown does not break the rest of the page', async () => {
  const { page } = await openWith(
    'Wanda Worker',
    'self.onmessage = () => postMessage({ nodes: [{ tag: "p", children: [{ tag: {}, children: [] }] }], size: 3 }); postMessage("ready")',
  )
  await page.getByText(asWritten).waitFor()
  await page.getByRole('textbox', { name: 'Reply' }).waitFor()
})

test('no element on a page uses contextual alternates, which take seconds for 20,000 characters', async () => {
  const { number } = await raise(sam, 'Brackets')
  await openTicket(sam.page, number)
  await sam.page.getByRole('textbox', { name: 'Reply' }).fill('(*)'.repeat(6_000))
  const looking = await sam.page.evaluate(() =>
    Array.from(document.body.querySelectorAll('*'))
      .map((element) => ({ element, style: getComputedStyle(element) }))
      .filter(({ style }) => style.fontFamily.includes('Inter'))
      .filter(({ style }) => !style.fontFeatureSettings.includes('"calt" 0'))
      .map(({ element }) => element.tagName),
  )
  expect(looking).toEqual([])
  await sam.page.getByRole('textbox', { name: 'Reply' }).fill('')
})

test('a field grows with its text, and of 20,000 lines only those that can be visible are laid out for that', async () => {
  const { number } = await raise(sam, 'Lines')
  const { page, context } = sam
  await openTicket(page, number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  const height = async () => (await field.boundingBox())?.height ?? 0
  const empty = await height()
  await field.fill('one\ntwo\nthree')
  expect(await height()).toBe(empty + 21)
  await field.fill('one\ntwo\nthree\n')
  expect(await height()).toBe(empty + 2 * 21)

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((text) => navigator.clipboard.writeText(text), '\n'.repeat(limits.bodyLength))
  await field.fill('')
  await field.press('Control+v')
  await expect.poll(async () => (await field.inputValue()).length).toBe(limits.bodyLength)
  expect(await height()).toBe(empty + 12 * 21)
  const beside = await field.evaluate((element) => element.previousElementSibling?.textContent)
  expect(beside?.length).toBeLessThan(20)
  await field.fill('')
  expect(await height()).toBe(empty)
})

test('a paste brings the text and its tables; a picture comes when there is no text', async () => {
  const { number } = await raise(sam, 'Paste')
  const { page } = sam
  await openTicket(page, number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  const table = `| Printer | Floor | Remark |
| --- | --- | --- |
| PRN-3 \\| COLOUR | 2 | blank pages |
| PRN-1 |  | 2*3*4 |`
  const expected: [Clipboard, string][] = [
    [clipboards.excel, `${table}\n\n`],
    [clipboards.excelCell, 'PRN-3-COLOUR\n'],
    [clipboards.word, 'The printer on floor 2 prints blank pages.\n·\tWe changed the toner.\n'],
    [
      clipboards.wordWithTable,
      'These are affected:\n\n| Name | Room |\n| --- | --- |\n| Ada | 2.14 |\n\nThank you\n\n',
    ],
    [
      clipboards.libreOffice,
      '| Day | Visits |\n| --- | --- |\n| Monday | 12 |\n| all week |  |\n\n',
    ],
    [clipboards.browser, 'Status\nAll systems run.\n'],
    [{ ...clipboards.code, picture: 'image.png' }, 'if (a)\n  go()'],
  ]
  for (const [clipboard, text] of expected) {
    await field.fill('')
    await paste(field, clipboard)
    expect(await field.inputValue()).toBe(text)
  }

  await field.fill('above below')
  await field.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(6, 6))
  await paste(field, clipboards.excel)
  expect(await field.inputValue()).toBe(`above \n\n${table}\n\nbelow`)
  await page.keyboard.press('Control+z')
  expect(await field.inputValue()).toBe('above below')

  await field.fill('')
  for (const clipboard of [clipboards.screenshot, clipboards.browserPicture, clipboards.file])
    await paste(field, clipboard)
  const files = page.getByRole('list', { name: 'Files to send' }).getByRole('button')
  await expect.poll(() => files.count()).toBe(3)
  expect(await field.inputValue()).toBe('')

  await page.goto('/new')
  const description = page.getByRole('textbox', { name: 'Description' })
  await paste(description, clipboards.excel)
  expect(await description.inputValue()).toBe(`${table}\n\n`)
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('cell', { name: 'PRN-3 | COLOUR' }).waitFor()
  await page.getByRole('cell', { name: '2*3*4' }).waitFor()
})

test('the bar and its keys format what is selected, and the browser undoes it', async () => {
  const { number } = await raise(sam, 'Formats')
  const { page } = sam
  await openTicket(page, number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  const bar = page.getByRole('toolbar', { name: 'Format' })
  await field.fill('first\nsecond')
  await field.press('Control+a')
  await bar.getByRole('button', { name: 'List' }).click()
  expect(await field.inputValue()).toBe('- first\n- second')
  await page.keyboard.press('Control+b')
  expect(await field.inputValue()).toBe('- **first**\n- **second**')
  await page.keyboard.press('Control+b')
  expect(await field.inputValue()).toBe('- first\n- second')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect(await field.inputValue()).toBe('first\nsecond')
  await page.keyboard.press('Control+y')
  expect(await field.inputValue()).toBe('- first\n- second')

  await field.fill('')
  await bar.getByRole('button', { name: 'Bold' }).click()
  await page.keyboard.type('now')
  await page.keyboard.press('Control+b')
  await page.keyboard.type(' see ')
  await page.keyboard.press('Control+Shift+K')
  await page.keyboard.type('this')
  expect(await field.inputValue()).toBe('**now** see [this](https://)')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.locator('strong').getByText('now').waitFor()
  await page.getByRole('button', { name: 'Write' }).click()
  await bar.getByRole('button', { name: 'Bold' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  expect(await field.inputValue()).toBe('> **now** see [this](https://)')
  await field.fill('')
})

test('texts are readable without the worker that formats them', async () => {
  const { page } = await openWith('Nora Noworker', undefined)
  await page.getByText(asWritten).waitFor()
  await page.getByRole('textbox', { name: 'Reply' }).waitFor()
})

/** Opens a ticket as a person whose browser gets this script for the worker, or none. */
async function openWith(name: string, script: string | undefined): Promise<{ page: Page }> {
  const { number } = await raise(sam, 'Without formatting')
  const { page } = await desk.person(name, 'admin')
  await page.route(/markdown-worker/, (route) =>
    script === undefined
      ? route.fulfill({ status: 404, body: '' })
      : route.fulfill({ contentType: 'text/javascript', body: script }),
  )
  await openTicket(page, number)
  return { page }
}

/** Pastes as these programs do, with all that they put into the clipboard. */
async function paste(field: Locator, clipboard: Clipboard): Promise<void> {
  await field.evaluate(async (element, { plain, html, picture }) => {
    const clipboardData = new DataTransfer()
    if (plain !== undefined) clipboardData.setData('text/plain', plain)
    if (html !== undefined) clipboardData.setData('text/html', html)
    if (picture !== undefined) {
      const canvas = new OffscreenCanvas(8, 8)
      canvas.getContext('2d')?.fillRect(0, 0, 8, 8)
      const blob = await canvas.convertToBlob()
      clipboardData.items.add(new File([blob], picture, { type: 'image/png' }))
    }
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, clipboard)
}
