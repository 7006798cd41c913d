import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { hold } from './hold.ts'
import { comment, openTicket, raise, row, toast } from './screen.ts'

let desk: Desk
let ada: Person
let ben: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  ben = await desk.person('Ben Admin', 'admin')
})
afterAll(() => desk.close())

test('a change by the reader shows at once, marked until the server confirms it', async () => {
  const { page } = ada
  const { number } = await raise(ben, 'The lamp flickers')
  await page.goto('/')
  await row(page, 'The lamp flickers').click()
  await page.getByRole('heading', { name: 'The lamp flickers' }).waitFor()
  const writes = await hold(page, (request) => /\/(status|comments)$/.test(request.url()))

  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'In progress' }).click()
  const status = page.getByRole('button', { name: 'Status: In progress' })
  await status.getByText('not confirmed yet').waitFor({ state: 'attached' })
  await row(page, 'The lamp flickers').getByText('In progress').waitFor()
  await page.getByRole('textbox', { name: 'Reply' }).fill('On my way.')
  await page.keyboard.press('Control+Enter')
  const reply = page.getByRole('article', { name: 'Comment by Ada Admin' })
  await reply.getByText('Sending').waitFor()
  await reply.getByText('On my way.').waitFor()
  const before = await ben.call('ticket', { params: { ref: number } })
  expect([before.ticket.status, before.ticket.commentCount]).toEqual(['open', 0])

  await writes.release()
  await status.getByText('not confirmed yet').waitFor({ state: 'detached' })
  await comment(page, 'Ada Admin', 'On my way.').waitFor()
  const after = await ben.call('ticket', { params: { ref: number } })
  expect([after.ticket.status, after.ticket.commentCount]).toEqual(['in_progress', 1])
})

test('a change that the server refuses is reverted, with the reason', async () => {
  const { page } = ada
  const { id, number } = await raise(ben, 'The heating hums')
  await openTicket(page, number)
  const writes = await hold(page, (request) => request.url().endsWith('/status'))
  await page.getByRole('button', { name: /^Status: Open/ }).click()
  await page.getByRole('menuitem', { name: 'Resolved' }).click()
  await page.getByRole('button', { name: /^Status: Resolved/ }).waitFor()
  await ben.call('changeStatus', { params: { id }, body: { status: 'waiting' } })

  await writes.release()
  await toast(page, `#${number} was not moved to Resolved`).waitFor()
  await toast(page, 'Someone else changed this').waitFor()
  await page.getByRole('button', { name: /^Status: Waiting/ }).waitFor()
})

test('the choice of an assignee who was deactivated at the same moment is reverted', async () => {
  const { page } = ada
  const gone = await desk.person('Gus Gone', 'admin')
  const { number } = await raise(ben, 'The blinds are stuck')
  await openTicket(page, number)
  const writes = await hold(page, (request) => request.method() === 'PATCH')
  await page.keyboard.press('a')
  await page.getByRole('option', { name: 'Gus Gone' }).click()
  await page.getByRole('button', { name: /^Assignee: Gus Gone/ }).waitFor()
  await desk.founder.call('editPerson', { params: { id: gone.id }, body: { active: false } })

  await writes.release()
  await toast(page, 'Only an active member of staff can be assigned.').waitFor()
  await page.getByRole('button', { name: /^Assignee: Unassigned/ }).waitFor()
})

test('toasts show what concerns the reader, and nothing that is on the screen', async () => {
  const { page } = ada
  await page.goto('/settings')
  await page.getByText('Live', { exact: true }).first().waitFor()
  const { id } = await raise(ben, 'The gutter leaks')
  await toast(page, 'Ben Admin raised this ticket').waitFor()
  const params = { id }
  await ben.call('addComment', { params, body: { body: 'Nobody’s business yet.' } })
  await ben.call('editTicket', { params, body: { assigneeId: ada.id } })
  await toast(page, 'Ben Admin assigned it to you').waitFor()
  await ben.call('addComment', { params, body: { body: 'It is yours now.' } })
  await toast(page, 'It is yours now.').waitFor()
  expect(await toast(page, 'Nobody’s business yet.').count()).toBe(0)

  await page.goto('/')
  await row(page, 'The gutter leaks').waitFor()
  await ben.call('addComment', { params, body: { body: 'Said in sight of its row.' } })
  await ben.call('changeStatus', { params, body: { status: 'waiting' } })
  await row(page, 'The gutter leaks').getByText('Waiting').waitFor()
  await row(page, 'The gutter leaks').click()
  await page.getByRole('heading', { level: 1, name: 'The gutter leaks' }).waitFor()
  await ben.call('addComment', { params, body: { body: 'Said in the open ticket.' } })
  await comment(page, 'Ben Admin', 'Said in the open ticket.').waitFor()
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  await ben.call('addComment', { params, body: { body: 'Said out of sight.' } })
  await toast(page, 'Said out of sight.').waitFor()
  expect(await toast(page, /in sight of|moved it|in the open|earlier/).count()).toBe(0)
})

test('a new row in sight is enough, and a burst out of sight is one toast that leads to its tickets', async () => {
  const { page } = ada
  await page.goto('/settings')
  await page.getByText('Live', { exact: true }).first().waitFor()
  await Promise.all(['1', '2', '3', '4'].map((each) => raise(ben, `Burst ${each}`)))
  await toast(page, '4 new tickets').click()
  await page.waitForURL(/sort=-created/)
  await row(page, 'Burst 4').waitFor()
  await page.mouse.move(0, 0)
  await raise(ben, 'In sight at once')
  await row(page, 'In sight at once').waitFor()
  const { id } = await raise(ben, 'Given at once')
  await ben.call('editTicket', { params: { id }, body: { assigneeId: ada.id } })
  await toast(page, 'Ben Admin assigned it to you').waitFor()
  expect(await toast(page, /raised this ticket|new tickets/).count()).toBe(0)
})

test('without a connection every place says so and what it waits for, and all goes on by itself', async () => {
  const { page, context } = ada
  const read = await raise(ben, 'Read before')
  await raise(ben, 'Not read yet')
  await openTicket(page, read.number)
  await row(page, 'Not read yet').waitFor()
  await context.setOffline(true)
  await page
    .getByRole('article', { name: 'Read before' })
    .getByText(/^Offline since/)
    .waitFor()
  await page.getByText('There is no connection: sending waits for it').waitFor()
  // Once where one reads, and once where one writes.
  expect(await sayings(page)).toHaveLength(2)
  await page.getByRole('textbox', { name: 'Reply' }).fill('Written without a connection.')
  await page.keyboard.press('Control+Enter')
  const reply = page.getByRole('article', { name: 'Comment by Ada Admin' })
  await reply.getByText(/Waits for the connection$/).waitFor()
  await page.keyboard.press('s')
  await page.getByRole('menuitem', { name: 'In progress' }).click()
  const status = page.getByRole('button', { name: 'Status: In progress' })
  await status.getByTitle('Waits for the connection').waitFor()

  await row(page, 'Not read yet').click()
  await page.getByText('The ticket could not be loaded. Check your network.').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill('before')
  await page.getByText('The tickets are searched as soon as it is back.').waitFor()
  await context.setOffline(false)
  await page.getByRole('option', { name: /Read before/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { level: 1, name: 'Not read yet' }).waitFor()
  const isSent = async () => {
    const { ticket } = await ben.call('ticket', { params: { ref: read.id } })
    return [ticket.status, ticket.commentCount]
  }
  await expect.poll(isSent, { timeout: 20_000 }).toEqual(['in_progress', 1])

  // A page whose chunk and values are not loaded.
  await page.goto('/')
  await row(page, 'Not read yet').waitFor()
  await context.setOffline(true)
  const list = page.getByRole('region', { name: 'Tickets' })
  await list.getByText(/^Offline since/).waitFor()
  expect(await sayings(page)).toHaveLength(1)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page
    .getByText(/could not be loaded. Check your network/)
    .first()
    .waitFor()
  await page
    .getByRole('main')
    .getByText(/^Offline since/)
    .first()
    .waitFor()
  await context.setOffline(false)
  await page.getByRole('list', { name: 'Your sessions' }).waitFor()
})

test('the corner for toasts also shows events from before it loaded', async () => {
  const page = await ada.context.newPage()
  let load: () => void = () => undefined
  const wanted = new Promise<void>((resolve) => {
    load = resolve
  })
  await page.route(/\/toasts-[^/]*\.js$/, async (route) => {
    await wanted
    await route.continue()
  })
  const { id } = await raise(ada, 'The tap is loose')
  await page.goto('/')
  await page.getByText('Live', { exact: true }).first().waitFor()
  await ben.call('addComment', { params: { id }, body: { body: 'Which of them?' } })
  await row(page, 'The tap is loose').getByTitle('1 comment').waitFor()
  load()
  await toast(page, 'Which of them?').waitFor()
  await page.close()
})

test('a draft written in one window shows in the person’s other windows, and disappears there when it is sent', async () => {
  const { page, context } = ada
  const { number } = await raise(ben, 'Two windows, one thought')
  const other = await context.newPage()
  await openTicket(page, number)
  await openTicket(other, number)
  const [here, there] = [page, other].map((one) => one.getByRole('textbox', { name: 'Reply' }))
  if (here === undefined || there === undefined) throw new Error('two windows')
  await here.pressSequentially('Half a')
  await expect.poll(() => there.inputValue()).toBe('Half a')
  await there.press('End')
  await there.pressSequentially(' thought')
  await expect.poll(() => here.inputValue()).toBe('Half a thought')
  await here.press('Control+Enter')
  await comment(other, 'Ada Admin', 'Half a thought').waitFor()
  await expect.poll(() => there.inputValue()).toBe('')
  await other.close()
})

test('where WebSockets fail, the desk is live all the same', async () => {
  const page = await ada.context.newPage()
  await page.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor() {
        super('ws://localhost:9/')
      }
    }
  })
  await hears(page, 'Heard without a WebSocket')
})

test('where WebSockets open and are cut off at once, too', async () => {
  const page = await ada.context.newPage()
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close())
  await hears(page, 'Heard around a proxy')
})

/** Checks that a page goes live by polling and shows what someone else does. */
async function hears(page: Page, title: string): Promise<void> {
  const polls: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('transport=polling')) polls.push(request.url())
  })
  await page.goto('/')
  await page.getByText('Live', { exact: true }).first().waitFor()
  await row(page, 'The heating hums').waitFor()
  await raise(ben, title)
  await row(page, title).waitFor()
  expect(polls).not.toEqual([])
  await page.close()
}

test('whoever comes back after a while sees what happened, a line a ticket, and no toasts for it', async () => {
  const una = await desk.person('Una Away', 'admin')
  const { page } = una
  const sam = await desk.person('Sim Sales', 'sales')
  const mine = await raise(sam, 'The door of Una')
  const other = await raise(sam, 'The door of Ben')
  await ben.call('editTicket', { params: { id: mine.id }, body: { assigneeId: una.id } })
  await ben.call('editTicket', { params: { id: other.id }, body: { assigneeId: ben.id } })
  await toast(page, 'Ben Admin assigned it to you').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).click()

  // Where no row is in sight.
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.context().setOffline(true)
  await page.getByText('Offline').first().waitFor()
  await page.evaluate(() => {
    const [key = ''] = Object.keys(localStorage).filter((name) => name.startsWith('deskbell-here'))
    localStorage.setItem(key, JSON.stringify({ at: Date.now() - 10 * 60_000 }))
  })
  await sam.call('addComment', { params: { id: mine.id }, body: { body: 'Any news?' } })
  await sam.call('addComment', { params: { id: other.id }, body: { body: 'And here?' } })
  await page.context().setOffline(false)

  const panel = page.getByRole('region', { name: 'While you were away' })
  const line = panel.getByRole('link', { name: /The door of Una/ })
  await line.getByText('Your answer').waitFor()
  await line.getByText('Sim Sales replied: Any news?').waitFor()
  await page.getByText('Live', { exact: true }).first().waitFor()
  await sam.call('addComment', { params: { id: mine.id }, body: { body: 'It is urgent.' } })
  const card = page.locator('li', { has: page.getByRole('button', { name: 'Dismiss' }) })
  await card.getByText('It is urgent.').waitFor()
  expect(await card.allInnerTexts()).toEqual([expect.not.stringContaining('Any news?')])

  await page.reload()
  await line.click()
  await comment(page, 'Sim Sales', 'Any news?').waitFor()
  await panel.getByRole('button', { name: 'Show the tickets' }).click()
  await line.getByText('Seen', { exact: true }).waitFor({ state: 'attached' })
  await sam.call('addComment', { params: { id: other.id }, body: { body: 'Still here.' } })
  await ben.call('addComment', { params: { id: mine.id }, body: { body: 'I look.' } })
  await panel.getByRole('button', { name: /^Close/ }).press('Escape')
  await panel.waitFor({ state: 'detached' })
  await page.reload()
  await comment(page, 'Ben Admin', 'I look.').waitFor()
  await page.getByText('Live', { exact: true }).first().waitFor()
  expect(await panel.count()).toBe(0)
})

/** The sentences on the page that say that there is no connection, without those for screen readers alone. */
function sayings(page: Page): Promise<string[]> {
  return page
    .getByText(/^Offline|no connection/i)
    .evaluateAll((elements) =>
      elements.filter((element) => element.clientWidth > 1).map((element) => element.textContent),
    )
}
