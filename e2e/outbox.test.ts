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

  // Every tab knows what waits.
  await page.getByRole('button', { name: '7 waiting' }).click()
  const list = page.getByRole('dialog', { name: 'Not sent yet' })
  await list.getByText('The lamp flickers').waitFor()
  expect(await list.getByRole('listitem').count()).toBe(7)
  await browser.close()
  expect(await changesOf(id)).toEqual(['created'])

  await say(stale.id, 'The lock was changed today.')
  browser = await openBrowser()
  const later = await browser.newPage()
  await later.goto('/')
  const inOrder = ['created', 'Try the other cable.', 'The cable is old.', 'in_progress']
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
