import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { newcomer, openDesk, openNewDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { openTicket, raise, row } from './screen.ts'

const wide = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let desk: Desk
let founder: Person
let ada: Person
let sam: Person
let number: string
beforeAll(async () => {
  desk = await openDesk()
  founder = desk.founder
  // A colour in the middle of a transition would fail the contrast check.
  ada = await desk.person('Ada Admin', 'admin', { reducedMotion: 'reduce' })
  sam = await desk.person('Sam Sales', 'sales', { reducedMotion: 'reduce' })
  await founder.page.emulateMedia({ reducedMotion: 'reduce' })
  for (const person of [founder, ada, sam]) listen(person.page)
})
afterAll(() => desk.close())

/** The browser's complaints: violations of the content security policy, errors, refused resources. */
const complaints: string[] = []
afterEach(() => {
  const found = complaints.splice(0)
  if (found.length > 0) throw new Error(found.join('\n'))
})

test('lists without tickets', async () => {
  await founder.page.goto('/')
  await founder.page.getByRole('heading', { name: 'Your help desk is ready' }).waitFor()
  await look(founder.page)
  await sam.page.goto('/')
  await sam.page.getByRole('heading', { name: 'No open tickets' }).waitFor()
  await look(sam.page)
})

test('a new ticket', async () => {
  const { page } = sam
  await page.goto('/new')
  await page.getByRole('button', { name: 'Create ticket' }).click()
  await page.getByText('Give it a title, so that').waitFor()
  await look(page)
  await page.goto('/')
})

test('lists with tickets', async () => {
  const { page } = ada
  for (const priority of ['low', 'medium', 'high', 'urgent'] as const) {
    const { id } = await raise(sam, `A ${priority} matter`, priority)
    if (priority === 'high')
      await ada.call('editTicket', { params: { id }, body: { assigneeId: ada.id } })
    if (priority === 'low')
      await ada.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
  }
  number = (await raise(sam, 'One to look at')).number
  await page.goto('/')
  await row(page, 'One to look at').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('a')
  await page.getByRole('textbox', { name: 'Assign to' }).waitFor()
  await look(page)
  await page.keyboard.press('Escape')
  await page.keyboard.press('x')
  await page.getByText('1 selected').waitFor()
  await look(page)
  await page.keyboard.press('Escape')
  await page.goto('/?q=matter')
  await page.locator('mark').first().waitFor()
  await look(page)
  await page.goto('/?q=nonsense')
  await page.getByRole('heading', { name: 'Nothing matches “nonsense”' }).waitFor()
  await look(page)
})

test('a ticket', async () => {
  const { page } = ada
  const { ticket } = await ada.call('ticket', { params: { ref: number } })
  const params = { id: ticket.id }
  await sam.call('addComment', {
    params,
    body: { body: 'A **reply**, with `code` and a [link](https://example.org).' },
  })
  await ada.call('addComment', { params, body: { body: 'A note.', internal: true } })
  await ada.call('changeStatus', { params, body: { status: 'in_progress' } })
  await openTicket(page, number)
  await page.locator('li[data-seq]').getByText('A note.').waitFor()
  await look(page)
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Internal note' }).fill('Another note.')
  await look(page)
  await page.getByRole('textbox', { name: 'Internal note' }).fill('')
  await page.keyboard.press('Escape')
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Resolved' }).waitFor()
  await look(page)
  await openTicket(sam.page, number)
  await look(sam.page)
  await sam.page.goto('/tickets/4711')
  await sam.page.getByRole('heading', { name: 'There is no such ticket' }).waitFor()
  await look(sam.page, { refused: /\/api\/tickets\/4711$/ })
})

test('tags: in rows, in a ticket, in menus and in the settings', async () => {
  const { page } = ada
  const { ticket } = await ada.call('ticket', { params: { ref: number } })
  const colors = [
    'gray',
    'red',
    'orange',
    'yellow',
    'green',
    'teal',
    'blue',
    'purple',
    'pink',
  ] as const
  // One after the other: a row shows the first two.
  const add: string[] = []
  for (const color of colors) {
    const body = { name: `The ${color} one`, color, internal: color === 'red' }
    add.push((await ada.call('createTag', { body })).item.id)
  }
  await ada.call('setTags', { params: { id: ticket.id }, body: { add } })
  await ada.call('deleteTag', { params: { id: add[0] } })
  await page.goto('/')
  await row(page, 'One to look at').getByText('The gray one').waitFor()
  await page.getByRole('button', { name: 'Tags', exact: true }).click()
  await page.getByPlaceholder('Find a tag').waitFor()
  await look(page)
  await openTicket(page, number)
  await page.keyboard.press('l')
  await page.getByPlaceholder('Add or remove tags').fill('A new one')
  await page.getByRole('option', { name: 'Make “A new one”', exact: true }).waitFor()
  await look(page)
  await page.goto('/settings')
  await page.getByText('Archived (1)').click()
  await look(page)
  await page.getByRole('button', { name: 'Make a tag' }).click()
  await page.getByRole('dialog', { name: 'Make a tag' }).waitFor()
  await look(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Actions for the tag The blue one' }).click()
  await page.getByRole('menuitem', { name: 'Merge into another…' }).click()
  await page.getByText('1 ticket has The blue one now.').waitFor()
  await look(page)
})

test('the palette and the sheet of shortcuts', async () => {
  const { page } = ada
  await page.goto('/')
  await row(page, 'One to look at').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('matter')
  await page.getByRole('option', { name: /A low matter/ }).waitFor()
  await look(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await look(page)
})

test('people and their dialogs', async () => {
  const { page } = founder
  await page.goto('/people')
  await page.getByRole('listitem').filter({ hasText: 'Sam Sales' }).waitFor()
  await look(page)
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  await page.getByRole('dialog', { name: 'Invite someone' }).waitFor()
  await look(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  for (const act of ['Change role…', 'Deactivate…', 'New password link…']) {
    await page.getByRole('button', { name: 'Actions for Sam Sales' }).click()
    await page.getByRole('menuitem', { name: act }).click()
    await page.getByRole('dialog').waitFor()
    await look(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await sam.page.goto('/people')
  await sam.page.getByRole('heading', { name: 'Super admins manage people' }).waitFor()
  await look(sam.page)
})

test('settings, and an address that leads nowhere', async () => {
  const { page } = sam
  await page.goto('/settings')
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await look(page)
  await page.goto('/nowhere')
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await look(page)
})

test('every page for people who are not signed in', async () => {
  const page = await (await desk.newContext({ reducedMotion: 'reduce' })).newPage()
  listen(page)
  const { name, email } = newcomer('Nora New')
  const { invitation } = await founder.call('invite', { body: { name, email, role: 'sales' } })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill('nobody@desk.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The e-mail address or the password is not right.').waitFor()
  await look(page, { refused: /\/api\/session$/ })
  await page.goto('/setup?token=none')
  await page.getByRole('heading', { name: 'This help desk is set up already' }).waitFor()
  await look(page, { refused: /\/api\/session$/ })
  await page.goto(invitation?.url ?? '')
  await page.getByRole('heading', { name: `Welcome, ${name}` }).waitFor()
  await look(page, { refused: /\/api\/session$/ })
  await page.goto('/invitation/none')
  await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
  await look(page, { refused: /\/api\/(session|invitations\/none)$/ })
})

test('setting up, on a desk without accounts', async () => {
  const fresh = await openNewDesk()
  try {
    const page = await (await fresh.newContext({ reducedMotion: 'reduce' })).newPage()
    listen(page)
    await page.goto(fresh.setUpUrl)
    await page.getByLabel('Your name').waitFor()
    await look(page, { refused: /\/api\/session$/ })
    await page.getByRole('button', { name: 'Set up Deskbell' }).click()
    await page.getByText('Enter an e-mail address.').waitFor()
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse')
    await look(page)
  } finally {
    await fresh.close()
  }
})

test('the reference of the interface', async () => {
  const { page } = ada
  await page.goto('/api/docs')
  const status = page.locator('.opblock').filter({ hasText: '/api/tickets/{id}/status' })
  await status.click()
  await status.getByRole('heading', { name: 'Responses' }).waitFor()
})

/** A sound before the first click, of which the page tells, and a draft whose number a comment by other means moved on. */
const harmless = /AudioContext was not allowed to start|409 \(Conflict\).* .*\/drafts\//

function listen(page: Page): void {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    if (harmless.test(`${message.text()} ${message.location().url}`)) return
    complaints.push(`${message.text()} (${message.location().url})`)
  })
}

const views = [
  [wide, 'light'],
  [phone, 'light'],
  [phone, 'dark'],
  [wide, 'dark'],
] as const

/**
 * Checks the page with axe, wide and narrow, light and dark. `refused`: requests that the server is expected to
 * refuse.
 */
async function look(page: Page, { refused }: { refused?: RegExp } = {}): Promise<void> {
  // Size and scheme never change together: Chromium then leaves texts in containers in their old colours.
  for (const [viewport, scheme] of views) {
    await page.setViewportSize(viewport)
    await page.evaluate(settled)
    expect.soft(await findings(page, scheme)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  if (refused === undefined) return
  const others = complaints.splice(0).filter((line) => !refused.test(line.slice(0, -1)))
  complaints.push(...others)
}

async function findings(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme })
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor({ state: 'attached' })
  await page.evaluate(settled)
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ preload: false, resultTypes: ['violations'] })
  // In the dark scheme only the colours differ, so only the contrast is checked.
  const { violations } = await (
    scheme === 'light' ? axe.withTags(standard) : axe.withRules(['color-contrast'])
  ).analyze()
  const { width } = page.viewportSize() ?? wide
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      (node) =>
        `${page.url()} ${width} ${scheme}: ${id} ${node.target.join(' ')} ${node.failureSummary ?? ''}`,
    ),
  )
}

/** Runs in the page: waits until it is painted in its new colours and no transition is running. */
async function settled(): Promise<void> {
  // A frame finds what came into sight, the next one gives it its styles, and the third has them on the screen.
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
}
