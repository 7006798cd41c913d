import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { openTicket, raise, row } from './screen.ts'

let desk: Desk
let amara: Person
let grace: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  amara = await desk.person('Amara Diallo', 'admin')
  grace = await desk.person('Grace Hopper', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

const here = (page: Page) => page.getByRole('list', { name: 'Here now' })
const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply' })

test('two people see each other on a ticket, who writes is told before the first word, and nobody is left behind', async () => {
  const { number } = await raise(sam, 'The beamer shows no picture')
  await grace.page.goto('/')
  await row(grace.page, 'The beamer').waitFor()
  await openTicket(amara.page, number)

  // Grace sees it in the row, without opening the ticket.
  const corner = row(grace.page, 'The beamer').getByRole('img', { name: 'Amara Diallo is looking' })
  await corner.waitFor()
  await openTicket(grace.page, number)
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is looking at' }).waitFor()
  expect(await here(amara.page).getByRole('img').count()).toBe(1)

  await reply(amara.page).pressSequentially('Did you', { delay: 20 })
  await grace.page.getByText('Amara Diallo is writing…').waitFor()
  await here(grace.page).getByRole('img', { name: 'Amara Diallo is replying' }).waitFor()
  await reply(grace.page).focus()
  const notice = grace.page.getByText('Amara Diallo is replying to this ticket.')
  await notice.waitFor()
  // The line is gone soon after the last key, the reply is not.
  await grace.page.getByText('Amara Diallo is writing…').waitFor({ state: 'detached' })
  await notice.waitFor()
  await grace.page.getByRole('button', { name: 'Just watch' }).click()
  await notice.waitFor({ state: 'detached' })
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is looking at' }).waitFor()

  await reply(grace.page).focus()
  await grace.page.getByRole('button', { name: /^Ask .*Amara Diallo.* in a note$/ }).click()
  await grace.page.getByRole('textbox', { name: 'Internal note' }).fill('Shall I take it?')
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is writing a note' }).waitFor()
  await grace.page.keyboard.press('Control+Enter')
  await amara.page.getByText('Shall I take it?').waitFor()
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is looking at' }).waitFor()
  await grace.page.getByRole('button', { name: 'Reply', exact: true }).click()
  await grace.page.getByRole('button', { name: 'Reply anyway' }).click()
  await notice.waitFor({ state: 'detached' })
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is replying' }).waitFor()

  await amara.page.getByRole('button', { name: 'Seen', exact: true }).click()
  await reply(amara.page).fill('Did you check the cable?')
  await amara.page.keyboard.press('Control+Enter')
  await here(grace.page).getByRole('img', { name: 'Amara Diallo is looking at' }).waitFor()
  await amara.page.close()
  await here(grace.page).waitFor({ state: 'detached' })
  amara.page = await amara.context.newPage()
})

test('a requester sees that someone of the team is answering, without a name, and nothing of a note', async () => {
  const { number } = await raise(sam, 'My badge does not open the door')
  await openTicket(sam.page, number)
  await openTicket(grace.page, number)
  await here(grace.page).getByRole('img', { name: 'Sam Sales is looking at' }).waitFor()

  await grace.page.getByRole('button', { name: 'Internal note' }).click()
  await grace.page.getByRole('textbox', { name: 'Internal note' }).pressSequentially('Hm')
  await openTicket(amara.page, number)
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is writing a note' }).waitFor()
  expect(await here(sam.page).count()).toBe(0)

  await grace.page.getByRole('button', { name: 'Reply', exact: true }).click()
  await reply(grace.page).pressSequentially('We will')
  await here(sam.page).getByRole('img', { name: 'Someone of the team is replying' }).waitFor()
  await sam.page.getByText('Someone of the team is writing…').waitFor()
  expect(await sam.page.getByText('Grace').count()).toBe(0)
})

test('a restart of the server makes nobody flicker', async () => {
  const { number } = await raise(sam, 'The printer hums')
  await openTicket(amara.page, number)
  await openTicket(grace.page, number)
  const face = here(amara.page).getByRole('img', { name: 'Grace Hopper' })
  await face.waitFor()
  await amara.page.evaluate(() => {
    const look = () => document.querySelector('[aria-label="Here now"]')
    const page = window as unknown as { flickered: boolean }
    page.flickered = false
    new MutationObserver(() => (page.flickered ||= look() === null)).observe(document.body, {
      childList: true,
      subtree: true,
    })
  })
  await desk.stopServer()
  await desk.startServer()
  for (const { page } of [amara, grace])
    await page.getByText('Live', { exact: true }).first().waitFor()
  await reply(grace.page).focus()
  await here(amara.page).getByRole('img', { name: 'Grace Hopper is replying' }).waitFor()
  expect(
    await amara.page.evaluate(() => (window as unknown as { flickered: boolean }).flickered),
  ).toBe(false)
})
