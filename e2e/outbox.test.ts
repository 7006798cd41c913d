import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { browserArguments } from './browser-arguments.ts'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, openTicket, raise, row, signIn } from './screen.ts'

let desk: Desk
let amara: Person
let ben: Person
let profile: string
beforeAll(async () => {
  desk = await openDesk()
  amara = await desk.person('Amara Diallo', 'admin')
  ben = await desk.person('Ben Okri', 'admin')
  profile = await mkdtemp(path.join(tmpdir(), 'deskbell-profile-'))
})
afterAll(async () => {
  await desk.close()
  await rm(profile, { recursive: true, force: true })
})

test('what is written without a connection survives closing the browser, and is sent once and in order', async () => {
  const { id, number } = await raise(ben, 'The beamer shows no picture')
  const stale = await raise(ben, 'The door is stuck')
  await amara.call('addComment', { params: { id }, body: { body: 'Which cable?' } })
  let browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto('/')
  await signIn(page, amara)
  await openTicket(page, number)
  const [second, third] = [await browser.newPage(), await browser.newPage()]
  await openTicket(second, stale.number)
  await third.goto('/new')
  await third.getByRole('textbox', { name: 'Title' }).fill('The lamp flickers')
  await third.getByText('Live', { exact: true }).first().waitFor()
  await third.waitForLoadState('networkidle')

  await browser.setOffline(true)
  await Promise.all([page, second, third].map(offline))
  await send(page, 'Reply', 'Try the other cable.')
  await page.keyboard.press('n')
  await send(page, 'Internal note', 'The cable is old.')
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'In progress' }).click()
  await page
    .getByRole('button', { name: 'Status: In progress' })
    .getByTitle('Waits for the connection')
    .waitFor()
  await send(second, 'Reply', 'Push harder.')
  const chooser = third.waitForEvent('filechooser')
  await third.getByRole('button', { name: 'Attach files' }).click()
  const buffer = Buffer.from('It flickers every 3 s.')
  await (await chooser).setFiles({ name: 'log.txt', mimeType: 'text/plain', buffer })
  await third.keyboard.press('Control+Enter')
  await third.getByText('Not created yet').waitFor()
  await send(third, 'Reply', 'It is the one at the door.')

  // What cannot wait says so.
  const own = comment(page, 'Amara Diallo', 'Which cable?')
  await own.getByRole('button', { name: /^More about/ }).click()
  await page.getByText('Removing needs a connection.').waitFor()
  await page.getByRole('menuitem', { name: 'Correct' }).click()
  await own.getByText('A correction needs a connection.').waitFor()
  expect(await own.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await own.getByRole('button', { name: 'Cancel' }).click()

  // Every tab knows what waits.
  await page.getByRole('button', { name: '7 waiting' }).click()
  const list = page.getByRole('dialog', { name: 'Not sent yet' })
  await list.getByText('The lamp flickers').first().waitFor()
  expect(await list.getByRole('listitem').count()).toBe(7)
  await browser.close()
  expect(await changesOf(id)).toEqual(['created', 'Which cable?'])

  await say(stale.id, 'The lock was changed today.')
  browser = await openBrowser()
  const later = await browser.newPage()
  await later.goto('/')
  const inOrder = [
    'created',
    'Which cable?',
    'Try the other cable.',
    'The cable is old.',
    'in_progress',
  ]
  await expect.poll(() => changesOf(id), { timeout: 20_000 }).toEqual(inOrder)
  await row(later, 'The lamp flickers').click()
  await later.getByText('It is the one at the door.').waitFor()
  await later.getByText('log.txt').first().waitFor()

  await later.getByRole('button', { name: '1 not sent' }).click()
  await later.getByRole('link', { name: 'Open, with its text' }).click()
  const stop = later.getByRole('alert').filter({ hasText: 'Nothing was sent yet.' })
  await stop.getByText('The lock was changed today.').waitFor()
  expect(await later.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('Push harder.')
  await stop.getByRole('button', { name: 'Send anyway' }).click()
  await comment(later, 'Amara Diallo', 'Push harder.').waitFor()
  await later.getByRole('button', { name: '1 not sent' }).waitFor({ state: 'detached' })
  expect(await changesOf(stale.id)).toEqual([
    'created',
    'The lock was changed today.',
    'Push harder.',
  ])
  expect(await changesOf(id)).toEqual(inOrder)
  await browser.close()
})

test('what others changed meanwhile is asked about, and a new ticket becomes a real one under the hands of who writes', async () => {
  const { context, page } = amara
  const { id, number } = await raise(ben, 'The window leaks')
  const form = await context.newPage()
  await openTicket(page, number)
  await form.goto('/new')
  await form.getByRole('textbox', { name: 'Title' }).fill('The fan is loud')
  await form.getByText('Live', { exact: true }).first().waitFor()
  await form.waitForLoadState('networkidle')
  await context.setOffline(true)
  await Promise.all([page, form].map(offline))
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'In progress' }).click()
  await page.getByRole('button', { name: /^Priority: / }).click()
  await page.getByRole('menuitem', { name: 'High' }).click()
  await page.getByRole('button', { name: '2 waiting' }).waitFor()
  await ben.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
  await ben.call('changePriority', { params: { id }, body: { priority: 'low' } })

  await form.keyboard.press('Control+Enter')
  await form.getByText('Not created yet').waitFor()
  const field = form.getByRole('textbox', { name: 'Reply' })
  await field.fill('It is so loud.')
  await field.press('Home')
  await context.setOffline(false)
  const created = form.getByRole('button', { name: /^Status: / })
  let typed = 0
  for (; (await created.count()) === 0; typed += 1) await form.keyboard.press('s')
  await form.keyboard.type('! ')
  expect(await field.inputValue()).toBe(`${'s'.repeat(typed)}! It is so loud.`)
  await form.close()

  const list = page.getByRole('dialog', { name: 'Not sent yet' })
  await page.getByRole('button', { name: '1 not sent, 1 waiting' }).click()
  await list.getByText('Waits for your decision on this ticket.').waitFor()
  const conflict = list.getByRole('listitem').filter({ hasText: 'Theirs, as it is now' })
  expect(await conflict.innerText()).toMatch(/^Status on .*Waiting.*In progress/s)
  await conflict.getByRole('button', { name: 'Use mine' }).click()
  await conflict.filter({ hasText: /^Priority/ }).waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'profile menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  const question = page.getByRole('dialog', { name: 'Sign out?' })
  await question.getByText('One change of yours is not sent yet.').waitFor()
  await question.getByRole('button', { name: 'Sign out' }).click()
  await signIn(page, amara)
  await page.getByRole('button', { name: '1 not sent' }).click()
  await conflict.getByRole('button', { name: 'Keep theirs' }).click()
  await list.getByText('Everything is sent.').waitFor()
  const { ticket } = await ben.call('ticket', { params: { ref: id } })
  expect(ticket).toMatchObject({ status: 'in_progress', priority: 'low' })
})

test('a new ticket that comes back after 26 days shows what was written, and can be edited', async () => {
  const { context } = ben
  const form = await context.newPage()
  await form.goto('/new')
  await form.getByRole('textbox', { name: 'Title' }).fill('The roof drips')
  await form.getByRole('textbox', { name: 'Description' }).fill('Every time it rains.')
  await form.getByText('Live', { exact: true }).first().waitFor()
  await form.waitForLoadState('networkidle')
  await context.setOffline(true)
  await offline(form)
  const chooser = form.waitForEvent('filechooser')
  await form.getByRole('button', { name: 'Attach files' }).click()
  const file = { name: 'roof.txt', mimeType: 'text/plain', buffer: Buffer.from('Wet') }
  await (await chooser).setFiles(file)
  await form.keyboard.press('Control+Enter')
  await form.getByText('Not created yet').waitFor()
  await form.getByRole('button', { name: '2 waiting' }).waitFor()
  await form.evaluate(waitLong)
  for (const page of context.pages()) await page.close()
  await context.setOffline(false)

  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('button', { name: /^1 not sent/ }).click()
  const list = page.getByRole('dialog', { name: 'Not sent yet' })
  const ticket = list.getByRole('listitem').filter({ hasText: 'New ticket' })
  await ticket.getByText('Every time it rains.').waitFor()
  await list
    .getByRole('listitem')
    .filter({ hasText: 'roof.txt' })
    .getByText('The roof drips')
    .waitFor()
  await ticket.getByRole('button', { name: 'Edit it' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('The roof still drips')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'The roof still drips' }).waitFor()
  await page.getByText('Every time it rains.').waitFor()
  await page.getByText('roof.txt').first().waitFor()
  await page.getByRole('button', { name: /not sent/ }).waitFor({ state: 'detached' })
})

test('on plain http a tab sends what it wrote, and what a closed one wrote', async () => {
  const browser = await chromium.launch({
    executablePath: inject('chromium'),
    args: [...browserArguments, '--host-resolver-rules=MAP 192.168.1.20 127.0.0.1'],
  })
  const context = await browser.newContext({
    baseURL: desk.url.replace('localhost', '192.168.1.20'),
  })
  const [{ number }, other] = [await raise(ben, 'The heater ticks'), await context.newPage()]
  await other.goto('/')
  await signIn(other, amara)
  expect(await other.evaluate(() => 'locks' in navigator)).toBe(false)
  const page = await context.newPage()
  await openTicket(page, number)
  await context.setOffline(true)
  await Promise.all([page, other].map(offline))
  await send(page, 'Reply', 'Turn it off and on.')
  await other.getByRole('button', { name: '1 waiting' }).waitFor()
  await page.close()
  await context.setOffline(false)
  await other.getByRole('button', { name: '1 waiting' }).waitFor({ state: 'detached' })
  expect(await changesOf(number)).toEqual(['created', 'Turn it off and on.'])
  await browser.close()
})

/** Makes the new ticket that waits in this browser 26 days old. */
async function waitLong(): Promise<void> {
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)))
  const database = await answer(indexedDB.open('deskbell'))
  const entries = database.transaction('outbox', 'readwrite').objectStore('outbox')
  for (const entry of await answer(entries.getAll()))
    if (entry.change.kind === 'createTicket')
      await answer(entries.put({ ...entry, madeAt: entry.madeAt - 26 * 24 * 3600_000 }))
}

async function say(id: string, body: string): Promise<void> {
  await ben.call('addComment', { params: { id }, body: { body } })
}

/** A browser whose profile outlives it. */
function openBrowser(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: inject('chromium'),
    args: browserArguments,
    baseURL: desk.url,
    viewport: { width: 1440, height: 900 },
  })
}

async function offline(page: Page): Promise<void> {
  await page
    .getByText(/^Offline since/)
    .first()
    .waitFor()
}

/** Sends a comment, which waits for the connection. */
async function send(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: field }).fill(text)
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('article', { name: /by Amara Diallo$/ })
    .filter({ hasText: text })
    .getByText(/Waits for the connection$/)
    .waitFor()
}

/** What happened to a ticket, in order. */
async function changesOf(id: string): Promise<string[]> {
  const { timeline } = await ben.call('ticket', { params: { ref: id } })
  return timeline.map((item) => {
    if (item.kind === 'comment') return item.comment.body
    return item.kind === 'status' ? item.new : item.kind
  })
}
