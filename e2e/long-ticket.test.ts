import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inDatabaseOf } from '../server/src/testing/database-of.ts'
import { writeComments } from '../server/src/testing/write-comments.ts'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { hold } from './hold.ts'
import { watchRenders } from './renders.ts'
import { openTicket, raise } from './screen.ts'

const count = 1_500

let desk: Desk
let ada: Person
let sam: Person
let ticket: { id: string; number: string }
/** The ids of the comments, in order. Comment 1 is the first. */
let ids: string[]
/** The number of the last comment in the log. */
let head: number
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
  ticket = await raise(sam, 'The long story')
  await writeMany(ticket.id)
  // The log was written behind the server's back, so a restart makes the server read it.
  await desk.stopServer()
  await desk.startServer()
  const params = { id: idOf(300) }
  await ada.call('editComment', { params, body: { body: 'Comment 300 has a xylophone.' } })
  await seenUpTo(ada, count)
})
afterAll(() => desk.close())

test('the newest page shows first, and the visible items stay in place while older pages load', async () => {
  const { page } = ada
  await openTicket(page, ticket.number)
  await inSight(page, count)
  const shownFirst = await shown(page)
  expect(shownFirst.at(-1)).toBe(count)
  expect(shownFirst.length).toBeLessThanOrEqual(50)

  const pages = await hold(page, isTimeline)
  const read = (shownFirst[0] ?? 0) + 3
  await scrollTo(page, read)
  await gap(page).getByRole('button', { name: 'Loading…' }).waitFor()
  await settled(page)
  const before = await topOf(page, read)
  await pages.release()
  await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(shownFirst.length)
  await settled(page)
  expect(Math.abs((await topOf(page, read)) - before)).toBeLessThanOrEqual(1)
  const all = await shown(page)
  expect(all).toEqual(all.map((_, index) => count + 1 - all.length + index))

  // What is far from the screen rests, as high as it is.
  const [first = 0] = all
  const height = await heightBetween(page, first, count)
  await history(page).press('End')
  await expect.poll(() => isDrawn(page, first)).toBe(false)
  await expect.poll(() => isDrawn(page, count)).toBe(true)
  expect(await heightBetween(page, first, count)).toBe(height)
  await page.emulateMedia({ media: 'print' })
  expect(await isDrawn(page, first)).toBe(true)
  await page.emulateMedia({ media: null })
})

test('a ticket prints whole as far as it is loaded, light and without what is around it', async () => {
  const page = await ada.context.newPage()
  await openTicket(page, ticket.number)
  await inSight(page, count)
  await settled(page)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const last = page.locator(`[data-comment="${idOf(count)}"]`)
  const paper = await last.evaluate((element) => {
    const clipping: string[] = []
    for (let box = element.parentElement; box !== null; box = box.parentElement)
      if (getComputedStyle(box).overflow !== 'visible') clipping.push(box.className)
    return { clipping, colour: getComputedStyle(document.body).backgroundColor }
  })
  expect(paper).toEqual({ clipping: [], colour: 'rgb(255, 255, 255)' })
  await page.getByRole('heading', { name: 'The long story' }).waitFor()
  await gap(page).getByText('are not loaded, so they are not printed').waitFor()
  expect(await page.getByRole('button', { name: /^Show|^Resolve$|^More/ }).count()).toBe(0)
  for (const around of ['navigation', 'textbox', 'complementary'] as const)
    expect([around, await page.getByRole(around).count()]).toEqual([around, 0])
  const pdf = (await page.pdf()).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(3)
  await page.close()
})

test('the keys that print load the whole history first', async () => {
  const { page } = sam
  const { id, number } = await raise(sam, 'The middle story')
  const chapters = Array.from({ length: 60 }, (_, index) => `Chapter **${index + 1}**.`)
  await Promise.all(
    chapters.map((body) => sam.call('addComment', { params: { id }, body: { body } })),
  )
  await openTicket(page, number)
  await gap(page).waitFor({ state: 'attached' })
  // A browser without a screen prints nothing, and says nothing of it.
  await page.evaluate(() => {
    window.print = () => document.body.append('Printed.')
  })
  await page.keyboard.press('Control+p')
  await page.getByText('Printed.').waitFor()
  expect(await gap(page).count()).toBe(0)
  expect(await page.getByText(/^Chapter \d+\.$/).count()).toBe(60)
})

test('an old comment that a link names is shown among its neighbours, and the gap is filled from both sides', async () => {
  const { page } = ada
  await openAt(page, 700)
  await inSight(page, 700)
  const around = await shown(page)
  expect(around).toEqual(expect.arrayContaining([699, 701, count]))
  const between = gap(page).filter({ hasText: 'Replies and changes in between' })
  const [from = 0, to = 0] = bordersOf(around)
  expect(to - from).toBeGreaterThan(600)

  await between.getByRole('button', { name: 'Show earlier' }).click()
  const borders = async () => bordersOf(await shown(page))
  await expect.poll(async () => (await borders())[1]).toBeLessThan(to)
  await between.getByRole('button', { name: 'Show later' }).click()
  await expect.poll(async () => (await borders())[0]).toBeGreaterThan(from)
})

test('a search leads to the comment that it found, and later ones load as the reader scrolls down', async () => {
  const { page } = ada
  await page.goto('/?view=all&q=xylophone')
  await page.locator('li[data-number]').filter({ hasText: 'The long story' }).click()
  await inSight(page, 300)
  const last = async () => bordersOf((await shown(page)).filter((number) => number >= 300))[0]
  const end = (await last()) ?? count
  expect(end).toBeLessThan(400)
  // Scrolls to just before the end of the loaded page.
  await scrollTo(page, end - 3)
  await expect.poll(last).toBeGreaterThan(end)
  await inSight(page, end - 3)
})

test('a reply shows live below while the reader is far up, and stops a stale reply', async () => {
  const { page } = ada
  await openAt(page, 700)
  await inSight(page, 700)
  const field = page.getByRole('textbox', { name: 'Reply' })
  await field.fill('Has this been solved?')
  await sam.call('addComment', { params: { id: ticket.id }, body: { body: 'It is solved.' } })
  await page.getByRole('status').getByText('Sam Sales replied while you were writing.').waitFor()
  await inSight(page, 700)
  await page.getByRole('button', { name: 'New below' }).click()
  await expect
    .poll(() => isInSight(page, page.locator('li[data-seq]').filter({ hasText: 'It is solved.' })))
    .toBe(true)

  await field.press('Control+Enter')
  const stop = page.getByRole('alert').filter({ hasText: 'Nothing was sent yet.' })
  await stop.getByText('It is solved.').waitFor()
  await stop.getByRole('button', { name: 'Send anyway' }).click()
  await page.locator('li[data-seq]').filter({ hasText: 'Has this been solved?' }).waitFor()
  await expect
    .poll(() => isInSight(page, page.locator('li[data-seq]').filter({ hasText: 'Has this been' })))
    .toBe(true)
})

test('a ticket opens at the first unseen comment, however far back that is', async () => {
  const { page } = desk.founder
  await seenUpTo(desk.founder, 1_000)
  await openTicket(page, ticket.number)
  await inSight(page, 1_001)
  const mark = page.locator('[data-new-mark]')
  await settled(page)
  expect(await isInSight(page, mark)).toBe(true)
  expect(
    await mark.evaluate((element) => element.nextElementSibling?.getAttribute('data-comment')),
  ).toBe(idOf(1_001))
})

test('nothing moves while a page loads, however wide it is and however late the formatter and the font', async () => {
  for (let count = 0; count < 8; count += 1) await raise(sam, `A short story ${count}`)
  const { page } = desk.founder
  const large = await writeLarge(desk.founder)
  const font = /\/inter-latin-wght-[^/]*\.woff2$/
  await page.addInitScript(recordShifts)
  await page.route(/\/markdown-worker-/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_300))
    await route.continue()
  })
  const pages: [path: string, shown: () => Promise<unknown>][] = [
    ['/', () => page.getByText('A short story 7').first().waitFor()],
    [`/tickets/${ticket.number}`, () => settledOnce(page)],
    [`/tickets/${large}`, () => settledOnce(page)],
    ['/new', () => page.getByRole('button', { name: 'Create ticket' }).waitFor()],
  ]
  for (const width of [1440, 900, 390]) {
    await page.setViewportSize({ width, height: 844 })
    for (const [path, shown] of pages) {
      await page.goto('about:blank')
      const { promise: isShown, resolve: releaseFont } = Promise.withResolvers<void>()
      await page.route(font, (route) => isShown.then(() => route.continue()))
      const loaded = page.waitForEvent('requestfinished', (request) => font.test(request.url()))
      await page.goto(path, { waitUntil: 'commit' })
      await shown()
      await page.getByText('Live', { exact: true }).first().waitFor({ state: 'attached' })
      releaseFont()
      await loaded
      await page.unroute(font)
      const moved = await page.evaluate(shiftsUntilNow)
      expect(moved, `${path} at ${width}`).toBeLessThanOrEqual(0.02)
    }
  }
  await page.unrouteAll({ behavior: 'wait' })
})

test('a long title folds to a line while one scrolls, and nothing else moves', async () => {
  const { page } = await desk.person('Rolf Reader', 'admin')
  const long = await raise(sam, 'The printer prints nothing but blank pages. '.repeat(4).trim())
  for (let count = 0; count < 12; count += 1) {
    const body = { body: `Comment ${count}. ${'It still does. '.repeat(40)}` }
    await sam.call('addComment', { params: { id: long.id }, body })
  }
  await page.addInitScript(recordShifts)
  await openTicket(page, long.number)
  const header = page.locator('article[aria-labelledby] > header')
  const status = page.getByRole('button', { name: 'Status: Open' })
  const height = async () => (await header.boundingBox())?.height ?? 0
  const [full, place] = [await height(), await status.boundingBox()]
  expect(full).toBeGreaterThan(120)
  const before = await page.evaluate(shiftsUntilNow)
  await page.locator('[data-timeline-frame]').hover()
  await page.mouse.wheel(0, full + 200)
  await expect.poll(height).toBeLessThan(full - 40)
  expect(await status.boundingBox()).toEqual(place)
  expect((await page.evaluate(shiftsUntilNow)) - before).toBeLessThanOrEqual(0.005)
  await page.keyboard.press('Home')
  await expect.poll(height).toBe(full)
  const top = () => page.locator('[data-timeline-frame]').evaluate(({ scrollTop }) => scrollTop)
  await expect.poll(top).toBe(0)
})

test('a letter renders the composer alone, a new comment no other one, and a move of the cursor no row', async () => {
  const { page } = ada
  // All of it, so that the window does not mark it as seen meanwhile.
  await seenUpTo(ada, count + 100)
  const takeRenders = await watchRenders(page)
  await openTicket(page, ticket.number)
  await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(40)
  await settled(page)

  const field = page.getByRole('textbox', { name: 'Reply' })
  await field.pressSequentially('L')
  await takeRenders()
  await field.pressSequentially('etters')
  // The frame around the page may load its dialogs meanwhile.
  const typed = (await takeRenders()).filter((place) => place !== 'page')
  expect(typed).toEqual(['Write a reply'])

  const news = `One more thing, at ${Date.now()}.`
  await sam.call('addComment', { params: { id: ticket.id }, body: { body: news } })
  await page.locator('li[data-seq]').filter({ hasText: news }).waitFor()
  const arrived = await takeRenders()
  expect(arrived).toContain('History')
  expect(arrived.filter((place) => ids.includes(place))).toEqual([])

  await raise(sam, 'A second story')
  await page.goto('/')
  const focused = page.locator('li[data-number]:has(a:focus)')
  await page.locator('li[data-number]').nth(1).waitFor()
  await page.getByText('Live', { exact: true }).first().waitFor()
  await page.keyboard.press('j')
  await focused.waitFor()
  const from = await focused.getAttribute('data-number')
  await takeRenders()
  await page.keyboard.press('j')
  await expect.poll(() => focused.getAttribute('data-number')).not.toBe(from)
  const moved = await takeRenders()
  expect(moved).toContain('Tickets')
  expect(moved.filter((place) => /^\d+$/.test(place))).toEqual([])
})

async function settledOnce(page: Page): Promise<void> {
  await page.locator('[data-comment]').last().waitFor()
  await settled(page)
}

/** Writes a ticket that opens at its end: a text that takes long to format, and large tables. Resolves to its number. */
async function writeLarge({ call }: Person): Promise<string> {
  const { id, number } = await raise(desk.founder, 'The large story')
  const tables = Array.from({ length: 5 }, (_, index) => {
    const cells = ` ${index} | on | and | on | **on** | on |\n`
    return `|${cells}|---|---|---|---|---|---|\n${`|${cells}`.repeat(16 + index)}`
  })
  for (const body of ['It goes **on**. '.repeat(300), ...tables])
    await call('addComment', { params: { id }, body: { body } })
  return number
}

interface Shifts {
  /** The sum of all layout shifts, as browsers count them. */
  deskbellShifts: number
}

/** Runs in the page. */
function recordShifts() {
  const shifts: Shifts = Object.assign(globalThis, { deskbellShifts: 0 })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('value' in entry) shifts.deskbellShifts += Number(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
}

/** Runs in the page. The browser reports a shift after the frame in which it happened. */
async function shiftsUntilNow(): Promise<number> {
  for (let frames = 0; frames < 3; frames += 1)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  return (globalThis as unknown as Shifts).deskbellShifts
}

async function writeMany(ticketId: string): Promise<void> {
  const words = 'It goes **on** and on, as long stories do. '
  const made = { ticketId, authorId: ada.id, count, length: 600, words }
  await inDatabaseOf(desk.dataDir, async (db) => {
    ids = await writeComments(db, made)
    const log = await db.selectFrom('log').select('head').executeTakeFirstOrThrow()
    head = log.head
    const counts = { comment_count: count, staff_comment_count: count }
    await db
      .updateTable('tickets')
      .set({ ...counts, version: head, staff_version: head })
      .where('id', '=', ticketId)
      .execute()
    // Moves the log's floor to its head, so that no event can be replayed.
    await db
      .updateTable('log')
      .set(({ ref }) => ({ floor: ref('head'), floor_tag: ref('head_tag') }))
      .execute()
  })
}

/** Marks the comments as seen by the person, up to this number. */
async function seenUpTo(person: Person, number: number): Promise<void> {
  const seq = head - count + number
  await inDatabaseOf(desk.dataDir, (db) =>
    db
      .insertInto('seen')
      .values({ person_id: person.id, ticket_id: ticket.id, seq })
      .onConflict((conflict) => conflict.columns(['person_id', 'ticket_id']).doUpdateSet({ seq }))
      .execute(),
  )
}

function idOf(number: number): string {
  return ids[number - 1] ?? ''
}

/** The numbers of the comments that are loaded. */
async function shown(page: Page): Promise<number[]> {
  const found = await page
    .locator('[data-comment]')
    .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-comment')))
  return found.flatMap((id) => (id !== null && ids.includes(id) ? [ids.indexOf(id) + 1] : []))
}

/** The last number before the gap that is left, and the first number after it. */
function bordersOf(numbers: readonly number[]): number[] {
  const at = numbers.findIndex((number, index) => number + 1 < (numbers[index + 1] ?? 0))
  return at < 0 ? [] : numbers.slice(at, at + 2)
}

async function inSight(page: Page, number: number): Promise<void> {
  const comment = page.locator(`[data-comment="${idOf(number)}"]`)
  await expect.poll(() => isInSight(page, comment), { timeout: 10_000 }).toBe(true)
}

async function isInSight(page: Page, element: Locator): Promise<boolean> {
  const [box, frame] = [await boxOf(element), await boxOf(history(page))]
  return (
    box !== null && frame !== null && box.y < frame.y + frame.height && box.y + box.height > frame.y
  )
}

async function boxOf(element: Locator) {
  return (await element.count()) === 0 ? null : element.boundingBox()
}

/** From the top of one comment to that of a later one. */
function heightBetween(page: Page, first: number, last: number): Promise<number> {
  return page.evaluate(
    (ids) => {
      const [from = 0, to = 0] = ids.map(
        (id) => document.querySelector(`[data-comment="${id}"]`)?.getBoundingClientRect().top,
      )
      return Math.round(to - from)
    },
    [idOf(first), idOf(last)],
  )
}

/** Whether the browser lays a comment out: it leaves out those that rest. */
function isDrawn(page: Page, number: number): Promise<boolean> {
  return page
    .locator(`[data-comment="${idOf(number)}"] article`)
    .evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }))
}

async function topOf(page: Page, number: number): Promise<number> {
  return (await boxOf(page.locator(`[data-comment="${idOf(number)}"]`)))?.y ?? NaN
}

/** Opens the ticket by the link to a comment, as in a new window. */
async function openAt(page: Page, number: number): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`/tickets/${ticket.number}#${idOf(number)}`)
}

/** Waits until everything shown is formatted: then it has its final height. */
async function settled(page: Page): Promise<void> {
  await expect.poll(() => history(page).getByText('**on**').count()).toBe(0)
}

/** Scrolls as a wheel does, until the comment is at the top. */
async function scrollTo(page: Page, number: number): Promise<void> {
  await page.locator(`[data-comment="${idOf(number)}"]`).evaluate((element) => {
    const frame = element.closest('[data-timeline-frame]')
    const top = element.getBoundingClientRect().top - (frame?.getBoundingClientRect().top ?? 0)
    frame?.scrollBy({ top: top - 20 })
  })
}

function history(page: Page): Locator {
  return page.getByRole('region', { name: 'History' })
}

function gap(page: Page): Locator {
  return history(page).locator('[data-anchor^="gap-"]')
}

function isTimeline(request: { url(): string }): boolean {
  return request.url().includes('/timeline?')
}
