import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mentionOf } from '@deskbell/contract'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, openTicket, raise, toast } from './screen.ts'

let desk: Desk
let amara: Person
let grace: Person
let sam: Person
let bea: Person
beforeAll(async () => {
  desk = await openDesk()
  amara = await desk.person('Amara Diallo', 'admin')
  grace = await desk.person('Grace Hopper', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
  bea = await desk.person('Béa Núñez', 'sales')
})
afterAll(() => desk.close())

const field = (page: Page, name = 'Reply') => page.getByRole('textbox', { name, exact: true })
const options = (page: Page) =>
  page.getByRole('listbox', { name: 'People to mention' }).getByRole('option')

test('somebody is mentioned with a few keys, hears of it, and shows by the name of today', async () => {
  const { id, number } = await raise(sam, 'The beamer shows no picture')
  const { page } = amara
  await openTicket(page, number)
  await grace.page.goto('/')

  // Who is on the ticket comes first, then the staff, then who does not see it.
  await field(page).pressSequentially('Hello @')
  await options(page).first().getByText('Sam Sales').waitFor()
  const offered = await options(page).locator('bdi').allInnerTexts()
  expect(offered).toEqual(['Sam Sales', 'Fay Founder', 'Grace Hopper', 'Béa Núñez'])
  const unseen = options(page).filter({ hasText: 'does not see this ticket' })
  expect(await unseen.locator('bdi').allInnerTexts()).toEqual(['Béa Núñez'])
  await page.keyboard.press('ArrowDown')
  const chosen = options(page).and(page.locator('[aria-selected=true]'))
  await chosen.getByText('Fay Founder').waitFor()
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(
    await chosen.getAttribute('id'),
  )
  await page.keyboard.press('Escape')
  await options(page).first().waitFor({ state: 'detached' })
  await page.keyboard.type('gra')
  expect(await options(page).count()).toBe(0)
  await page.keyboard.press('Backspace')
  await field(page).fill('Hello ')
  await page.keyboard.type('@gra')
  await options(page).getByText('Grace Hopper').waitFor()
  await page.keyboard.press('Enter')
  expect(await field(page).inputValue()).toBe('Hello @Grace Hopper ')

  // What is undone and done again is still a mention, and a draft keeps it.
  await page.keyboard.press('Control+z')
  expect(await field(page).inputValue()).toBe('Hello @gra')
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('End')
  await page.keyboard.type('and @nunez')
  await options(page).getByText('Béa Núñez').click()
  await page.getByText('Béa Núñez does not see this ticket, and will not be told.').waitFor()
  await page.reload()
  await field(page).waitFor()
  expect(await field(page).inputValue()).toBe('Hello @Grace Hopper and @Béa Núñez ')
  await page.getByRole('button', { name: 'Add as watcher' }).click()
  await page.getByText('will not be told').waitFor({ state: 'detached' })
  await field(page).focus()
  await page.keyboard.press('Control+Enter')

  await toast(
    grace.page,
    'Amara Diallo mentioned you: Hello @Grace Hopper and @Béa Núñez',
  ).waitFor()
  const { timeline } = await grace.call('ticket', { params: { ref: id } })
  const said = timeline.find((item) => item.kind === 'comment')
  expect(said?.comment.body.trim()).toBe(`Hello ${mentionOf(grace)} and ${mentionOf(bea)}`)

  for (const person of [grace, sam, bea]) await openTicket(person.page, number)
  const chip = (person: Person, name: string) =>
    comment(person.page, 'Amara Diallo', 'Hello').getByText(name, { exact: true })
  await chip(bea, '@Béa Núñez').waitFor()
  expect(await chip(bea, '@Béa Núñez').getAttribute('data-me')).toBe('true')
  expect(await chip(sam, '@Béa Núñez').getAttribute('data-me')).toBe(null)
  await grace.call('editMe', { body: { name: 'Grace Murray' } })
  for (const person of [amara, grace, sam, bea]) await chip(person, '@Grace Murray').waitFor()
  await grace.call('editMe', { body: { name: grace.name } })
})

test('requesters mention whom their tickets show, and notes mention staff', async () => {
  const { number } = await raise(sam, 'The chair squeaks')
  await openTicket(sam.page, number)
  await openTicket(amara.page, number)
  await field(amara.page).fill('We are on it')
  await amara.page.keyboard.press('Control+Enter')
  await comment(sam.page, 'Amara Diallo', 'We are on it').waitFor()

  await field(sam.page).pressSequentially('@found')
  await field(sam.page).fill('Thanks ')
  await sam.page.keyboard.press('End')
  await sam.page.keyboard.type('@')
  await options(sam.page).getByText('Amara Diallo').waitFor()
  expect(await options(sam.page).getByText('Fay Founder').count()).toBe(0)
  await options(sam.page).getByText('Amara Diallo').click()
  await sam.page.keyboard.press('Control+Enter')
  await comment(amara.page, 'Sam Sales', 'Thanks').getByText('@Amara Diallo').waitFor()

  await amara.page.keyboard.press('n')
  await field(amara.page, 'Internal note').pressSequentially('@')
  await amara.page.getByText('Notes reach staff only.').waitFor()
  expect(await options(amara.page).getByText('Sam Sales').count()).toBe(0)
})
