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

const seen = (page: Page, words: string) => page.locator('[data-seen-by]', { hasText: words })

test('a ticket waits until somebody looks; staff see who has seen it, its requester that the team has', async () => {
  const { number } = await raise(sam, 'The copier jams')
  await amara.page.goto('/?view=unseenByStaff')
  const waiting = amara.page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Nobody has looked' })
  await row(amara.page, 'The copier jams')
    .getByText('Nobody of the team has looked at it yet.')
    .waitFor()
  await expect.poll(() => waiting.innerText()).toContain('1')

  await openTicket(sam.page, number)
  await openTicket(grace.page, number)
  await seen(sam.page, 'Seen by the team').waitFor()
  expect(await sam.page.getByText('Grace').count()).toBe(0)
  await expect.poll(() => waiting.innerText()).not.toContain('1')
  await amara.page.getByText('Somebody has looked at every open ticket').waitFor()

  await openTicket(amara.page, number)
  await seen(amara.page, 'Seen by Grace, ').waitFor()
  await seen(grace.page, 'Seen by Amara, ').waitFor()
  await seen(grace.page, '2 of the team, last ').waitFor()

  await grace.page.goto('/settings')
  await grace.page.getByRole('checkbox', { name: 'Staff see what I have seen' }).uncheck()
  await seen(amara.page, 'Grace').waitFor({ state: 'detached' })
  await seen(amara.page, 'Seen by 2 of the team, last ').waitFor()
  await openTicket(grace.page, number)
  await seen(grace.page, 'Seen by 2 of the team, last ').waitFor()
  expect(await seen(grace.page, 'Amara').count()).toBe(0)
})

test('a ticket counts as seen after a second in a window with the focus, and in no other', async () => {
  const { id, number } = await raise(sam, 'The lift is slow')
  const page = await amara.context.newPage()
  await page.clock.install()
  await page.addInitScript(() => {
    const shared = window as unknown as { focused: boolean }
    shared.focused = false
    document.hasFocus = () => shared.focused
  })
  const marks: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith(`/tickets/${id}/seen`)) marks.push(request.method())
  })
  await openTicket(page, number)
  await page.clock.fastForward(10_000)
  await page.evaluate(() => {
    const shared = window as unknown as { focused: boolean }
    shared.focused = true
    window.dispatchEvent(new Event('focus'))
  })
  expect(marks).toEqual([])
  await page.clock.fastForward(1_000)
  await expect.poll(() => marks).toEqual(['PUT'])
  await page.close()
})
