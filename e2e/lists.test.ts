import { viewNames } from '@deskbell/contract'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { raise, row } from './screen.ts'

const many = 120

let desk: Desk
let ada: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
  for (let number = 1; number <= many; number += 1) {
    await raise(sam, `Ticket ${String(number).padStart(3, '0')}`)
  }
})
afterAll(() => desk.close())

test('a person is found without the accents of the name, in the filters, the pickers and the list of people', async () => {
  const { page } = ada
  const lucia = await desk.person('Łucía Großmüller', 'admin')
  const { number } = await raise(lucia, 'Raised by Łucía')
  await page.goto('/')
  await page.getByRole('button', { name: 'Creator' }).click()
  await page.keyboard.type('grossmuller LUCIA')
  await page.locator('[data-combobox-selected]', { hasText: lucia.name }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Creator: .*Łucía/ }).waitFor()
  await row(page, 'Raised by Łucía').waitFor()
  await expect.poll(() => page.locator('li[data-number]').count()).toBe(1)

  await page.goto(`/tickets/${number}`)
  await page.getByRole('button', { name: /^Assignee: Unassigned/ }).click()
  await page.getByRole('textbox', { name: 'Assign to' }).fill('grossmueller')
  await page.locator('[data-combobox-selected]', { hasText: lucia.name }).waitFor()
  await page.keyboard.press('Escape')

  await desk.founder.page.goto('/people')
  await desk.founder.page.getByRole('searchbox', { name: 'Search people' }).fill('lucia gross')
  const people = desk.founder.page.getByRole('list', { name: 'People' })
  await expect.poll(() => people.getByRole('listitem').count()).toBe(1)
})

test('nothing moves under the pointer: a new ticket waits until the reader asks for it', async () => {
  const { page } = ada
  await page.goto('/')
  await row(page, 'Ticket 120').hover()
  const before = await titles(page)
  await raise(sam, 'Wait for me')
  await page.getByRole('button', { name: '1 new' }).waitFor()
  expect(await titles(page)).toEqual(before)
  await page.getByRole('button', { name: '1 new' }).click()
  await expect.poll(async () => (await titles(page))[0]).toBe('New: Wait for me')

  await row(page, 'Ticket 119').hover()
  await raise(sam, 'Wait for me too')
  await page.getByRole('button', { name: '1 new' }).waitFor()
  await page.getByRole('link', { name: 'Settings' }).hover()
  await expect.poll(async () => (await titles(page))[0]).toBe('New: Wait for me too')
})

test('a list loads up to the last ticket, and keeps its scroll position when the reader comes back', async () => {
  const { page } = await desk.person('Small Screen', 'admin', {
    viewport: { width: 1100, height: 800 },
  })
  const list = page.locator('[data-list]')
  await expect
    .poll(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      return row(page, 'Ticket 001').isVisible()
    })
    .toBe(true)
  await list.evaluate((element) => element.scrollTo(0, 2000))
  await row(page, 'Ticket 070').click()
  await page.getByRole('heading', { name: 'Ticket 070' }).waitFor()
  // The list may hear of its last scroll, and of its end a moment later, when it is hidden already.
  await page.clock.install()
  await list.evaluate((element) => element.dispatchEvent(new Event('scroll')))
  await page.clock.fastForward(500)
  await page.keyboard.press('Escape')
  await row(page, 'Ticket 070').waitFor()
  expect(await list.evaluate((element) => element.scrollTop)).toBe(2000)

  await row(page, 'Ticket 070').click()
  await page.getByRole('heading', { name: 'Ticket 070' }).waitFor()
  await page.goBack()
  await row(page, 'Ticket 070').waitFor()
  expect(await list.evaluate((element) => element.scrollTop)).toBe(2000)
})

test('a narrow list keeps its place at the end, whatever the heights of its rows', async () => {
  const { page } = await desk.person('Narrow Screen', 'admin', {
    viewport: { width: 900, height: 800 },
  })
  const list = page.locator('[data-list]')
  await expect
    .poll(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      return row(page, 'Ticket 001').isVisible()
    })
    .toBe(true)
  const top = await list.evaluate((element) => element.scrollTop)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { name: 'Settings' }).waitFor()
  await page.goBack()
  await row(page, 'Ticket 001').waitFor()
  expect(await list.evaluate((element) => element.scrollTop)).toBe(top)
})

test('however long a list is, the page around it stays where it is', async () => {
  const { page } = ada
  await page.goto('/')
  await row(page, 'Ticket 120').waitFor()
  const content = page.getByRole('main')
  const [height, shown] = await content.evaluate((main) => [main.scrollHeight, main.clientHeight])
  expect(height).toBe(shown)
})

test('filters, sort and search are in the address, and an address brings them back', async () => {
  const { page } = ada
  const { id } = await raise(sam, 'The unusual umbrella')
  await ada.call('changeStatus', { params: { id }, body: { status: 'waiting' } })
  await page.goto('/')
  await page.getByRole('button', { name: 'Status', exact: true }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Waiting' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Sort/ }).click()
  await page.getByRole('menuitemradio', { name: 'Oldest' }).click()
  await page.waitForURL(/[?&]status=waiting&sort=created$/)
  await expect.poll(() => titles(page)).toEqual(['New: The unusual umbrella'])
  await page.reload()
  await page.getByRole('button', { name: 'Status: Waiting' }).waitFor()
  await page.getByRole('button', { name: 'Sort: Oldest' }).waitFor()
  await expect.poll(() => titles(page)).toEqual(['New: The unusual umbrella'])

  await page.keyboard.press('/')
  await page.keyboard.type('umbr')
  await page.waitForURL(/[?&]q=umbr(&|$)/)
  await page.locator('mark', { hasText: 'umbrella' }).waitFor()
  await page.reload()
  await page.locator('mark', { hasText: 'umbrella' }).waitFor()
  expect(await page.getByRole('searchbox', { name: 'Search all tickets' }).inputValue()).toBe(
    'umbr',
  )
})

test('the list ignores wrong values in the address', async () => {
  const { page } = ada
  await page.goto('/?view=nope&status=nope&priority=nope&assignee=nope&sort=nope')
  await page.getByRole('heading', { name: 'All open' }).waitFor()
  await row(page, 'Ticket 120').waitFor()
})

test('a ticket is marked until the reader has seen it', async () => {
  const { page } = ada
  const { id } = await raise(sam, 'Look at me')
  await page.goto('/')
  await row(page, 'Look at me').getByText('New:').waitFor({ state: 'attached' })
  await row(page, 'Look at me').click()
  await page.getByRole('heading', { name: 'Look at me' }).waitFor()
  await row(page, 'Look at me').getByText('New:').waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await sam.call('addComment', { params: { id }, body: { body: 'And again.' } })
  await row(page, 'Look at me').getByText('New:').waitFor({ state: 'attached' })
})

test('every view counts exactly what it lists', async () => {
  const { page } = ada
  const [a, b, c] = await Promise.all([
    raise(ada, 'Mine', 'urgent'),
    raise(sam, 'Taken', 'urgent'),
    raise(sam, 'Over'),
  ])
  await ada.call('editTicket', { params: { id: b.id }, body: { assigneeId: ada.id } })
  await ada.call('changePriority', { params: { id: a.id }, body: { priority: 'high' } })
  await ada.call('changeStatus', { params: { id: c.id }, body: { status: 'closed' } })
  for (const view of viewNames) {
    await page.goto(`/?view=${view}`)
    const size = await sizeOfList(page)
    const link = page.getByRole('navigation', { name: 'Main' }).locator('[aria-current="page"]')
    await expect.poll(async () => /\d+$/.exec(await link.innerText())?.[0]).toBe(String(size))
  }
})

test('a row says who wrote last and whose turn it is, and on a phone also who asked', async () => {
  const { page } = ada
  const { id } = await raise(sam, 'Whose turn')
  await page.goto('/?sort=-created')
  const one = row(page, 'Whose turn')
  await one.getByText('Sam Sales wrote last: it is your team’s turn').waitFor()
  await ada.call('addComment', { params: { id }, body: { body: 'Is it on?' } })
  await one.getByText('You replied last: it is the requester’s turn').waitFor()
  const wide = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  await one.getByText('Sam Sales', { exact: true }).first().waitFor()
  await one.getByText('Raised by Sam Sales. You replied last').waitFor()
  if (wide !== null) await page.setViewportSize(wide)
})

test('the list and a ticket can be used with keys alone', async () => {
  const { page } = ada
  await raise(sam, 'Second by hand')
  const { number } = await raise(sam, 'First by hand')
  // With the newest ticket first, a changed row stays where it is.
  await page.goto('/?sort=-created')
  await row(page, 'First by hand').waitFor()
  await page.keyboard.press('j')
  await focus(page, page.getByRole('link', { name: 'First by hand' }))
  await page.keyboard.press('j')
  await focus(page, page.getByRole('link', { name: 'Second by hand' }))
  const second = row(page, 'Second by hand')
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'Waiting' }).press('Enter')
  await second.getByText('Waiting').waitFor()
  await focus(page, page.getByRole('link', { name: 'Second by hand' }))
  await page.keyboard.press('p')
  await page.getByRole('menuitem', { name: 'High' }).press('Enter')
  await second.getByRole('img', { name: 'High priority' }).waitFor()
  await page.keyboard.press('a')
  await focus(page, page.getByRole('textbox', { name: 'Assign to' }))
  await page.keyboard.press('Enter')
  await second.getByRole('img', { name: 'Assigned to Ada Admin' }).waitFor()
  await focus(page, page.getByRole('link', { name: 'Second by hand' }))
  await page.keyboard.press('x')
  await page.getByText('1 selected').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('1 selected').waitFor({ state: 'detached' })
  await page.keyboard.press('k')
  await focus(page, page.getByRole('link', { name: 'First by hand' }))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'First by hand' }).waitFor()

  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'In progress' }).press('Enter')
  await page.getByRole('button', { name: /^Status: In progress/ }).waitFor()
  await page.keyboard.press('p')
  await page.getByRole('menuitem', { name: 'High' }).press('Enter')
  await page.getByRole('button', { name: /^Priority: High/ }).waitFor()
  await page.keyboard.press('i')
  await page.getByRole('button', { name: /^Assignee: Ada Admin/ }).waitFor()
  await page.keyboard.press('a')
  await focus(page, page.getByRole('textbox', { name: 'Assign to' }))
  await page.keyboard.type('fay')
  await page.locator('[data-combobox-selected]', { hasText: 'Fay Founder' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Assignee: Fay Founder/ }).waitFor()
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Title' }).fill('Renamed by hand')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Title' }).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Renamed by hand' }).waitFor()
  await page.keyboard.press('n')
  await focus(page, page.getByRole('textbox', { name: 'Internal note' }))
  await page.keyboard.press('Escape')
  await page.keyboard.press('r')
  await focus(page, page.getByRole('textbox', { name: 'Reply' }))
  await page.keyboard.type('Answered by hand')
  await page.keyboard.press('Control+Enter')
  await page.locator('li[data-seq]').getByText('Answered by hand').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => url.pathname === '/')

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill(number)
  await page.getByRole('option', { name: `Ticket #${number}` }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Renamed by hand' }).waitFor()
  await page.keyboard.press('c')
  await page.getByRole('heading', { name: 'New ticket' }).waitFor()
  await focus(page, page.getByRole('textbox', { name: 'Title' }))
})

test('several tickets are changed in one go', async () => {
  const { page } = ada
  const raised = await Promise.all(['One of two', 'Two of two'].map((title) => raise(sam, title)))
  await page.goto('/')
  for (const { number } of raised)
    await page.getByRole('checkbox', { name: `Select #${number}` }).check()
  const bar = page.getByRole('toolbar', { name: 'Selected tickets' })
  await bar.getByText('2 selected').waitFor()
  await bar.getByRole('button', { name: 'Status' }).click()
  await page.getByRole('menuitem', { name: 'Resolved' }).click()
  await bar.waitFor({ state: 'detached' })
  await sam.page.goto('/?view=closed')
  for (const title of ['One of two', 'Two of two']) {
    await row(sam.page, title).getByText('Resolved').waitFor()
  }
})

async function titles(page: Page): Promise<string[]> {
  const links = page.locator('li[data-number] a')
  return (await links.allTextContents()).map((title) => title.trim())
}

/** The number of rows in the whole list; the page knows it once the end of the list is loaded. */
async function sizeOfList(page: Page): Promise<number> {
  const first = page.locator('li[data-number]').first()
  await first
    .or(page.getByRole('heading', { level: 2 }))
    .first()
    .waitFor()
  let size = 0
  await expect
    .poll(async () => {
      if ((await first.count()) === 0) return true
      await page.locator('[data-list]').evaluate((list) => list.scrollTo(0, list.scrollHeight))
      size = Number(await first.getAttribute('aria-setsize'))
      return size > 0
    })
    .toBe(true)
  return size
}

/** Waits until an element has the focus. */
function focus(page: Page, locator: Locator): Promise<void> {
  return locator.and(page.locator(':focus')).waitFor()
}
