import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { hold } from './hold.ts'
import { openTicket, raise, row, toast } from './screen.ts'

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
  const params = { ref: tickets[5]?.id }
  await expect
    .poll(async () => (await ben.call('ticket', { params })).ticket.priority)
    .toBe('urgent')
})

test('the next ticket opens after a change that takes the open one away, but not after that of others', async () => {
  const { page } = ada
  const tickets = await raiseAll(['Side 1', 'Side 2', 'Side 3', 'Side 4', 'Side 5', 'Side 6'])
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

  // Where the ticket takes the whole page, too.
  await page.setViewportSize({ width: 900, height: 900 })
  await row(page, 'Side 4').waitFor({ state: 'hidden' })
  await page.keyboard.press('i')
  await page.getByRole('heading', { name: 'Side 5', level: 1 }).waitFor()
  await page.keyboard.press('j')
  await page.getByRole('heading', { name: 'Side 6', level: 1 }).waitFor()
  await page.keyboard.press('k')
  await page.getByRole('heading', { name: 'Side 5', level: 1 }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('Send and set to Resolved').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1440, height: 900 })

  await ada.call('editMe', { body: { settings: { autoAdvance: false, receipts: true } } })
  await page.getByRole('link', { name: 'Settings' }).click()
  await page
    .getByRole('checkbox', { name: 'Open the next ticket by itself', checked: false })
    .waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Side 5', level: 1 }).waitFor()
  await page.keyboard.press('i')
  await page.getByRole('button', { name: /^Assignee: Ada Admin/ }).waitFor()
  await row(page, 'Side 5').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'Side 5', level: 1 }).waitFor()
  await page.keyboard.press('Escape')
  await focus(page, title(page, 'Side 6'))
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

test(
  'an hour of work needs few keys: triage, replies that resolve, and finding a word in a comment',
  { timeout: 120_000 },
  async () => {
    const cleo = await desk.person('Cleo Clerk', 'admin')
    const { page } = cleo
    const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))
    const raised = await raiseAll(numbers.map((number) => `Work ${number}`))
    const last = raised.at(-1)
    if (last === undefined) throw new Error('there are twelve')
    await ben.call('addComment', {
      params: { id: last.id },
      body: { body: 'It smells of marzipan.' },
    })
    let presses = 0
    const press = (key: string) => {
      presses += 1
      return page.keyboard.press(key)
    }

    // From any row: here the third.
    await page.goto('/?view=unassigned&sort=created')
    const works = page.locator('li[data-number]').filter({ hasText: /Work \d\d/ })
    await works.nth(11).waitFor()
    await works.nth(2).getByRole('link').focus()
    for (const number of numbers.slice(2)) {
      await focus(page, title(page, `Work ${number}`))
      await press('p')
      await page.getByRole('menu').locator(':focus').waitFor()
      await press('h')
      await focus(page, page.getByRole('menuitem', { name: 'High' }))
      await press('Enter')
      await focus(page, title(page, `Work ${number}`))
      await press('i')
      await row(page, `Work ${number}`).waitFor({ state: 'detached' })
    }
    expect(presses).toBeLessThanOrEqual(40)
    await focus(page, title(page, 'Work 02'))
    const { items } = await cleo.call('tickets', { query: { assignee: 'me', priority: 'high' } })
    expect(items.filter((item) => item.title.startsWith('Work'))).toHaveLength(10)

    presses = 0
    await press('Enter')
    await page.getByRole('heading', { name: 'Work 02', level: 1 }).waitFor()
    await press('r')
    await focus(page, page.getByRole('textbox', { name: 'Reply' }))
    await page.keyboard.type('Mended.')
    await press('Control+Shift+Enter')
    await toast(page, `#${raised[1]?.number} resolved`).waitFor()
    expect(presses).toBeLessThanOrEqual(3)
    const { ticket, timeline } = await cleo.call('ticket', { params: { ref: raised[1]?.id } })
    expect(ticket.status).toBe('resolved')
    expect(
      timeline.some((item) => item.kind === 'comment' && item.comment.body === 'Mended.'),
    ).toBe(true)

    // Keys work at once after a reply: the next ticket is open, and the search is one key away.
    await page.getByRole('heading', { name: 'Work 01', level: 1 }).waitFor()
    presses = 0
    await press('/')
    await focus(page, page.getByRole('searchbox'))
    await page.keyboard.type('marzipan')
    await press('Enter')
    await focus(page, title(page, 'Work 12'))
    await page
      .getByRole('status')
      .getByText(/^1 ticket$/)
      .waitFor()
    await press('Enter')
    await page.getByRole('heading', { name: 'Work 12', level: 1 }).waitFor()
    await page.locator('li[data-seq]').getByText('It smells of marzipan.').waitFor()
    expect(presses).toBeLessThanOrEqual(3)
  },
)

test(
  'Esc, Enter and the arrows lead on from every field, and a refused reply resolves nothing',
  { timeout: 120_000 },
  async () => {
    const { page } = await desk.person('Dan Desk', 'admin')
    const [one, two] = await raiseAll(['Violet one', 'Violet two'])
    await page.goto('/')
    await row(page, 'Violet two').waitFor()
    const box = page.getByRole('searchbox')
    await page.keyboard.press('/')
    await page.keyboard.type('violet')
    await page.waitForURL(/q=violet/)
    await page
      .getByRole('status')
      .getByText(/^2 tickets$/)
      .waitFor()
    await page.keyboard.press('Escape')
    expect(await box.inputValue()).toBe('violet')
    await page.keyboard.press('/')
    await page.keyboard.press('ArrowDown')
    await focus(page, page.locator('li[data-number] a').first())
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => !url.search.includes('violet'))
    await page.goto('/?view=unassigned&sort=created')
    await row(page, 'Violet one').waitFor()

    await page.keyboard.press('c')
    await focus(page, page.getByRole('textbox', { name: 'Title' }))
    await page.keyboard.type('Half a title')
    await page.keyboard.press('Escape')
    await page.waitForURL(/view=unassigned/)

    // A Cyrillic keyboard.
    await page.evaluate(() => {
      const press = (key: string, code: string) =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', {
            key,
            code,
            ctrlKey: true,
            bubbles: true,
            cancelable: true,
          }),
        )
      press('л', 'KeyK')
    })
    await page.getByRole('combobox', { name: 'Search or jump to' }).waitFor()
    await page.keyboard.press('Escape')

    await row(page, 'Violet one').click()
    await page.getByRole('heading', { name: 'Violet one', level: 1 }).waitFor()
    await page.keyboard.press('r')
    await page.keyboard.type('Done.')
    await ben.call('addComment', { params: { id: one?.id }, body: { body: 'Wait!' } })
    await page.getByText('Ben Admin replied while you were writing.').waitFor()
    await page.keyboard.press('Control+Shift+Enter')
    await page.getByText('Nothing was sent yet.').waitFor()
    const reply = page.getByRole('textbox', { name: 'Reply' })
    await focus(page, reply)
    expect(await reply.inputValue()).toBe('Done.')
    const { ticket } = await ben.call('ticket', { params: { ref: one?.id } })
    expect([ticket.status, ticket.commentCount]).toEqual(['open', 1])
    await page.getByRole('button', { name: 'Keep editing' }).click()
    await page.getByRole('button', { name: 'Send the reply and move the ticket' }).click()
    await page.getByRole('menuitem', { name: 'Send reply and open the next ticket' }).click()
    await page.getByRole('heading', { name: 'Violet two', level: 1 }).waitFor()
    await page.keyboard.press('Escape')
    await page.waitForURL((url) => url.pathname === '/')
    for (const { number } of [one, two].filter((each) => each !== undefined))
      await page.getByRole('checkbox', { name: `Select #${number}` }).check()
    await page.keyboard.press('s')
    await page.getByText('Move 2 tickets to').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('Move 2 tickets to').waitFor({ state: 'detached' })
    await page.keyboard.press('a')
    await page.getByRole('textbox', { name: 'Assign 2 tickets to' }).fill('ben')
    await page.locator('[data-combobox-selected]', { hasText: 'Ben Admin' }).waitFor()
    await page.keyboard.press('Enter')
    await toast(page, '2 tickets assigned to Ben Admin').waitFor()

    await page.goto('/')
    await page.getByRole('button', { name: 'Assignee', exact: true }).click()
    await page.getByRole('textbox', { name: 'Assignee' }).fill('ben')
    await page.locator('[data-combobox-selected]', { hasText: 'Ben Admin' }).waitFor()
    await page.keyboard.press('Enter')
    await row(page, 'Violet two').click()
    await page.getByRole('button', { name: 'Take' }).click()
    await page.getByRole('heading', { name: 'Violet one', level: 1 }).waitFor()
    await page.getByRole('button', { name: 'Resolve', exact: true }).click()
    await toast(page, `#${one?.number} resolved`).waitFor()

    // A key whose ticket still loads works when the ticket is there.
    const late = await raise(ben, 'Violet late')
    const reads = await hold(page, (request) => request.url().endsWith(`/tickets/${late.number}`))
    await page.goto('/')
    await row(page, 'Violet late').click()
    await page.getByRole('heading', { name: 'Loading the ticket' }).waitFor({ state: 'attached' })
    // What follows it is meant for the reply: it selects no row.
    await page.keyboard.type('rx')
    await reads.release()
    await focus(page, reply)
    expect(await page.getByRole('toolbar', { name: 'Selected tickets' }).count()).toBe(0)
    await page.keyboard.type('In the field')
    expect(await reply.inputValue()).toBe('In the field')
  },
)

test('what takes itself away gives the focus on: files, watchers, steps, toasts, filters and sessions', async () => {
  const gil = await desk.person('Gil Given', 'admin')
  const { page } = gil
  await gil.call('editMe', { body: { settings: { autoAdvance: false, receipts: true } } })
  const { id, number } = await raise(ben, 'Given on')
  for (const { id: userId } of [ada, gil]) await ben.call('watch', { params: { id, userId } })
  await openTicket(page, number)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const press = async (name: string | RegExp) => {
    await button(name).focus()
    await page.keyboard.press('Enter')
  }

  await page
    .getByRole('region', { name: 'Write a reply' })
    .locator('input[type="file"]')
    .setInputFiles(['a.txt', 'b.txt', 'c.txt'].map(textFile))
  await button('Remove c.txt').waitFor()
  await press('Remove b.txt')
  await focus(page, button('Remove c.txt'))
  await page.keyboard.press('Enter')
  await focus(page, button('Remove a.txt'))
  await page.keyboard.press('Enter')
  await focus(page, button('Attach files'))

  await press('Remove the watcher Ada Admin')
  await focus(page, button('Add a watcher'))
  await press('Take')
  await focus(page, button(/^Assignee: Gil Given/))
  await press('Resolve')
  await focus(page, button(/^Status: Resolved/))
  await toast(page, `#${number} resolved`).waitFor()
  await press('Dismiss')
  await focus(page, button(/^Status: Resolved/))

  await page.goto('/?priority=urgent')
  await press('Clear')
  await focus(page, button('Status'))

  for (const device of [await desk.newContext(), await desk.newContext()]) {
    const { email, password } = gil
    await device.request.post('/api/session', { data: { email, password } })
  }
  await page.goto('/settings')
  const others = page.getByRole('list', { name: 'Your sessions' }).getByRole('button')
  await expect.poll(() => others.count()).toBe(2)
  await others.first().focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => others.count()).toBe(1)
  await focus(page, others)
  await page.keyboard.press('Enter')
  await focus(page, page.getByRole('list', { name: 'Your sessions' }))
})

test('forced colours show every state that else only a background shows', async () => {
  const { page } = await desk.person('Fae Forced', 'admin')
  const { id } = await raise(ben, 'Forced')
  const body = Array.from({ length: 80 }, (_, line) => `Line ${line}`).join('\n\n')
  await ben.call('addComment', { params: { id }, body: { body } })
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto('/')
  await row(page, 'Forced').click()
  await page.getByRole('heading', { name: 'Forced', level: 1 }).waitFor()
  const style = (locator: Locator, name: string) =>
    locator.evaluate((element, of) => getComputedStyle(element).getPropertyValue(of), name)
  const differ = async (one: Locator, other: Locator, name: string) =>
    expect(await style(one, name)).not.toBe(await style(other, name))
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const nav = page.getByRole('navigation', { name: 'Main' })
  await differ(
    nav.locator('[aria-current="page"]'),
    nav.getByRole('link', { name: 'Closed' }),
    'background-color',
  )
  expect(
    await style(page.getByTestId('connection').locator('span').first(), 'border-left-width'),
  ).toBe('4px')
  expect(await style(page.locator('li[data-open]'), 'border-left-width')).toBe('4px')
  const composer = page.getByRole('region', { name: /^Write/ })
  expect(await style(composer, 'border-left-style')).toBe('solid')
  await differ(button('Send reply'), button('Resolve'), 'color')
  await differ(button('Reply'), button('Internal note'), 'background-color')
  await page.keyboard.press('n')
  await page.getByRole('region', { name: 'Write an internal note' }).waitFor()
  expect(await style(composer, 'border-left-style')).toBe('double')

  await page.getByRole('region', { name: 'History' }).press('Home')
  await ben.call('addComment', { params: { id }, body: { body: 'News', internal: true } })
  expect(await style(button('New below'), 'border-left-width')).toBe('1px')
  await button('New below').click()
  const note = page.getByRole('article', { name: 'Internal note by Ben Admin' })
  expect(await style(note, 'border-left-style')).toBe('double')
  const uploads = await hold(page, (request) => request.url().endsWith('/attachments'))
  await composer.locator('input[type="file"]').setInputFiles(textFile('forced.txt'))
  expect(await style(page.getByRole('progressbar'), 'forced-color-adjust')).toBe('none')
  expect(await style(page.getByRole('progressbar'), 'border-left-width')).toBe('1px')
  await uploads.release()
  await button('Remove forced.txt').click()

  await page.keyboard.press('Control+k')
  const option = page.getByRole('option')
  await differ(option.first(), option.nth(1), 'background-color')
  await page.keyboard.press('Escape')
  await page.goto('/settings')
  const themes = page.getByRole('radiogroup', { name: 'Theme' }).locator('label')
  await differ(themes.nth(0), themes.nth(1), 'background-color')
  const checked = page
    .locator('label, div')
    .filter({ has: page.getByRole('checkbox', { checked: true }) })
  const sign = checked.last().locator('svg').first()
  expect(await style(sign, 'color')).not.toBe(await style(page.locator('body'), 'background-color'))
})

/** Raises tickets one after the other, so that they have this order in the list. */
async function raiseAll(titles: readonly string[]) {
  const raised: { id: string; number: string }[] = []
  for (const name of titles) raised.push(await raise(ben, name))
  return raised
}

function textFile(name: string) {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(`This is ${name}.`) }
}

function title(page: Page, text: string): Locator {
  return row(page, text).getByRole('link')
}

/** Waits until an element has the focus. */
function focus(page: Page, locator: Locator): Promise<void> {
  return locator.and(page.locator(':focus')).waitFor()
}
