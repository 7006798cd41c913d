import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, raise, row, toast } from './screen.ts'

let desk: Desk
let ada: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

test('connection: signing in makes the live connection, signing out ends it', async () => {
  const { page } = await desk.person('Con Nected', 'sales')
  const sockets: { closed: boolean }[] = []
  page.on('websocket', (socket) => {
    const seen = { closed: false }
    sockets.push(seen)
    socket.on('close', () => {
      seen.closed = true
    })
  })
  await page.reload()
  await page.getByText('Live', { exact: true }).first().waitFor()
  expect(sockets).toEqual([{ closed: false }])

  await page.getByRole('button', { name: 'profile menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: /sign in/i }).waitFor()
  await expect.poll(() => sockets).toEqual([{ closed: true }])
})

test('create: a ticket that someone raises appears for an admin, with a toast', async () => {
  await ada.page.goto('/settings')
  await ada.page.getByText('Live', { exact: true }).first().waitFor()
  await sam.page
    .getByRole('link', { name: /New ticket/ })
    .first()
    .click()
  await sam.page.getByLabel('Title').fill('The coffee machine is leaking')
  await sam.page.getByLabel('Description').fill('Water all over the **third floor**.')
  await sam.page.getByRole('button', { name: /raise|create/i }).click()
  await sam.page.getByRole('heading', { name: 'The coffee machine is leaking' }).waitFor()

  await toast(ada.page, 'Sam Sales raised this ticket').waitFor()
  await ada.page.goto('/')
  await row(ada.page, 'The coffee machine is leaking').waitFor()
})

test('status: an admin’s change appears in the creator’s list, with a toast', async () => {
  await raise(sam, 'My badge does not open the door')
  await sam.page.goto('/')
  await row(ada.page, 'My badge does not open the door').getByRole('link').click()
  await ada.page.getByRole('button', { name: /^Status: Open/ }).click()
  await ada.page.getByRole('menuitem', { name: 'In progress' }).click()

  await toast(sam.page, 'Ada Admin moved it to In progress').waitFor()
  await row(sam.page, 'My badge does not open the door').getByText('In progress').waitFor()
})

test('comment: a reply appears in the ticket that someone else has open', async () => {
  const { number } = await raise(sam, 'The VPN asks for a certificate')
  await sam.page.goto(`/tickets/${number}`)
  await ada.page.goto(`/tickets/${number}`)
  await sam.page.getByRole('heading', { name: 'The VPN asks for a certificate' }).waitFor()
  await ada.page.getByRole('textbox', { name: 'Reply' }).fill('Which of the two?')
  await ada.page.keyboard.press('Control+Enter')

  await comment(sam.page, 'Ada Admin', 'Which of the two?').waitFor()
})

test('reconnection: a browser that was cut off shows the missed changes without a reload, also after a restart', async () => {
  const { id } = await raise(sam, 'The scanner saves empty pages')
  await ada.page.goto('/')
  await row(ada.page, 'The scanner saves empty pages').waitFor()
  await ada.page.evaluate(() => Object.assign(window, { sameDocument: true }))

  await ada.context.setOffline(true)
  await ada.page
    .getByText(/^Offline since/)
    .first()
    .waitFor({ timeout: 5_000 })
  await sam.call('addComment', { params: { id }, body: { body: 'Only the last page.' } })
  await raise(sam, 'Raised while Ada was away')
  await ada.context.setOffline(false)
  // The page reconnects at once: 10 s is less than the 25 s after which a silent connection counts as dead.
  await row(ada.page, 'Raised while Ada was away').waitFor({ timeout: 10_000 })

  await desk.stopServer()
  await ada.page
    .getByText(/^Offline since/)
    .first()
    .waitFor()
  await desk.startServer()
  await ada.page.getByText('Live', { exact: true }).first().waitFor()
  await raise(sam, 'Raised after the restart')
  await row(ada.page, 'Raised after the restart').waitFor()

  await expect.poll(() => row(ada.page, 'Raised while Ada was away').count()).toBe(1)
  expect(await ada.page.evaluate(() => 'sameDocument' in window)).toBe(true)
})

test('a colleague’s change costs no HTTP request', async () => {
  const { id, number } = await raise(sam, 'The projector is upside down')
  const list = await settled(ada.page, '/', row(ada.page, 'The projector is upside down'))
  const { page } = await desk.person('Tom Ticket', 'admin')
  const open = await settled(
    page,
    `/tickets/${number}`,
    page.getByRole('heading', { name: 'The projector is upside down' }),
  )

  await sam.call('addComment', { params: { id }, body: { body: 'The ceiling mount.' } })
  await desk.founder.call('changeStatus', {
    params: { id },
    body: { status: 'waiting' },
  })
  await desk.founder.call('editTicket', {
    params: { id },
    body: { title: 'It hangs upside down' },
  })
  await raise(sam, 'Another one, for the list and the counters')

  await row(ada.page, 'It hangs upside down').getByText('Waiting').waitFor()
  await row(ada.page, 'Another one, for the list and the counters').waitFor()
  await page.getByText('The ceiling mount.').waitFor()
  await page.getByRole('heading', { name: 'It hangs upside down' }).waitFor()
  expect(list).toEqual([])
  // Tom has the ticket open, so his page marks it as seen: that request is a change of his own.
  expect(open.filter((request) => !request.endsWith('/seen'))).toEqual([])
})

/** Opens an address, waits until the page has loaded everything, and collects its requests from then on. */
async function settled(page: Page, address: string, shown: Locator): Promise<string[]> {
  await page.goto(address)
  await shown.waitFor()
  await page.getByText('Live', { exact: true }).first().waitFor()
  await page.waitForLoadState('networkidle')
  const requests: string[] = []
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  return requests
}
