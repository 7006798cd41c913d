import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { raise, signIn, toast } from './screen.ts'

let desk: Desk
let grace: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  grace = await desk.person('Grace Hopper', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

const item = (page: Page, words: string) =>
  page.getByRole('region', { name: 'Inbox' }).getByRole('listitem').filter({ hasText: words })
const bell = (page: Page) => page.getByRole('link', { name: /Inbox/ }).first()

function assign(id: string, person: Person | null) {
  const body = { assigneeId: person?.id ?? null }
  return desk.founder.call('editTicket', { params: { id }, body })
}

function say(person: Person, id: string, body: string) {
  return person.call('addComment', { params: { id }, body: { body, internal: false } })
}

test('what concerns a person is in their inbox on all devices until they are done with it, and can be put off', async () => {
  const page = await grace.context.newPage()
  const badges: number[] = []
  await page.exposeFunction('badge', (count: number) => badges.push(count))
  await page.addInitScript(() => {
    navigator.setAppBadge = (count) => (window as unknown as Badged).badge(count ?? 0)
  })
  await page.goto('/')
  const phone = await signedIn(grace)
  await phone.goto('/inbox')
  await phone.getByText('You are up to date').waitFor()

  const { id } = await raise(sam, 'The beamer shows no picture')
  await assign(id, grace)
  await bell(page).getByText('1', { exact: true }).waitFor()
  await bell(phone).getByText('1', { exact: false }).waitFor()
  await expect.poll(() => page.title()).toMatch(/^\(1\) /)
  await expect.poll(() => badges.at(-1)).toBe(1)
  await page.keyboard.press('g')
  await page.keyboard.press('i')
  await item(page, 'The beamer').getByText('Assigned to you').waitFor()
  await say(sam, id, 'It is in room 3.')
  for (const one of [page, phone]) {
    await item(one, 'The beamer').getByText('New reply').waitFor()
    await item(one, 'by Sam Sales').getByText('2 new').waitFor()
  }

  // Done, and taken back.
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await toast(page, 'The beamer shows no picture is done').waitFor()
  for (const one of [page, phone]) await one.getByText('You are up to date').waitFor()
  await expect.poll(() => page.title()).toBe('Inbox · Deskbell')
  await expect.poll(() => badges.at(-1)).toBe(0)
  await page.keyboard.press('z')
  for (const one of [page, phone]) await item(one, 'The beamer').getByText('2 new').waitFor()

  // Put off: replies gather in silence, and what is urgent brings it back.
  await page.keyboard.press('j')
  await page.keyboard.press('h')
  await page.getByRole('menuitem', { name: 'Tomorrow morning' }).click()
  for (const one of [page, phone]) await one.getByText('You are up to date').waitFor()
  await phone.getByRole('link', { name: 'Snoozed' }).click()
  await item(phone, 'The beamer').getByText('Snoozed until tomorrow').waitFor()
  await say(sam, id, 'And in room 4.')
  await item(phone, 'The beamer').getByText('3 new').waitFor()
  expect(await page.title()).toBe('Inbox · Deskbell')
  await desk.founder.call('changePriority', { params: { id }, body: { priority: 'urgent' } })
  await item(page, 'The beamer').getByText('It is urgent').waitFor()
  await phone.getByText('Nothing is snoozed').waitFor()
  await phone.getByRole('link', { name: 'All', exact: true }).click()

  // Muted, nothing new comes.
  await page.keyboard.press('j')
  await page.keyboard.press('m')
  await item(phone, 'The beamer').getByText('Muted').waitFor()
  await say(sam, id, 'And in room 5.')
  await page.keyboard.press('e')
  for (const one of [page, phone]) await one.getByText('You are up to date').waitFor()

  // Reading a ticket beside the inbox reads its item, on the phone, too.
  const other = await raise(sam, 'The door is stuck')
  await assign(other.id, grace)
  await item(page, 'The door').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/inbox/${other.number}`)
  await page.getByRole('heading', { level: 1, name: 'The door is stuck' }).waitFor()
  const unread = (one: Page) => one.locator('li[data-unread]')
  for (const one of [page, phone]) await unread(one).waitFor({ state: 'detached' })
  await page.keyboard.press('u')
  for (const one of [page, phone]) await unread(one).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'All done' }).click()
  for (const one of [page, phone]) await one.getByText('You are up to date').waitFor()
  await page.keyboard.press('z')
  for (const one of [page, phone]) await unread(one).waitFor()
  expect(await item(page, 'The beamer').count()).toBe(0)
})

test('requesters have an inbox, too', async () => {
  const rita = await desk.person('Rita Raiser', 'sales')
  const { id } = await raise(rita, 'The lamp flickers')
  await say(grace, id, 'We are on our way.')
  await bell(rita.page).getByText('1', { exact: true }).waitFor()
  await rita.page.goto('/inbox')
  await item(rita.page, 'The lamp flickers').getByText('by Grace Hopper').waitFor()
  await rita.page.getByRole('link', { name: 'Mentions' }).click()
  await rita.page.getByText('Nobody has mentioned you').waitFor()
})

interface Badged {
  badge(count: number): Promise<void>
}

/** A page of the person on another device. */
async function signedIn(person: Person): Promise<Page> {
  const context = await desk.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto('/')
  await signIn(page, person)
  return page
}
