import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Desk } from './desk.ts'
import { openDesk } from './desk.ts'
import { openTicket, raise } from './screen.ts'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

test('a page opened while the server is down appears when it is back, without a reload', async () => {
  const { page } = await desk.person('Wanda Waiting', 'super_admin')
  await page.evaluate('window.sameWindow = true')

  await desk.stopServer()
  const asked = page.waitForRequest(/people-page/)
  await page.getByRole('link', { name: 'People', exact: true }).first().click()
  await asked
  await desk.startServer()

  await page.getByRole('heading', { name: 'People' }).waitFor()
  expect(await page.evaluate('window.sameWindow')).toBe(true)
})

test('a chunk whose download breaks off loads again, with its styles', async () => {
  const { page } = await desk.person('Bruno Broken', 'admin')
  const refused = new Set<string>()
  await page.route(/assets\/(toasts|palette)-[^/]*$/, async (route) => {
    const url = route.request().url()
    if (refused.has(url)) return route.continue()
    refused.add(url)
    return route.fulfill({ status: 502, body: 'Bad Gateway' })
  })
  await page.reload()
  await page.getByText('Live', { exact: true }).first().waitFor()
  await page.keyboard.press('ControlOrMeta+k')

  await page.getByRole('dialog').waitFor()
  await expect
    .poll(() => page.locator('link[rel="stylesheet"][href*="/palette-"]').evaluate(rulesOf))
    .toBeGreaterThan(0)
  expect([...refused].map((url) => path.basename(url).replace(/-.*\./, '.')).sort()).toEqual([
    'palette.css',
    'palette.js',
    'toasts.css',
    'toasts.js',
  ])
})

test('a window from before an upgrade says that there is a new version, and a reload keeps the draft', async () => {
  const { page } = await desk.person('Uma Upgrade', 'super_admin')
  const { number } = await raise(desk.founder, 'Before the upgrade')
  await openTicket(page, number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  await field.fill('Written in the old version.')

  // Acts as the server of the next version: it has another page, and this chunk no longer exists.
  await page.route(/\/assets\/people-page-/, (route) => route.fulfill({ status: 404, body: '' }))
  await page.route('/', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/\/assets\/index-/g, '/assets/next-')
    await route.fulfill({ response, body })
  })
  await page.getByRole('link', { name: 'People', exact: true }).first().click()
  await page.getByRole('heading', { name: 'There is a new version of Deskbell' }).waitFor()

  await page.unrouteAll()
  await page.getByRole('button', { name: 'Reload' }).click()
  await page.getByRole('heading', { name: 'People' }).waitFor()
  await openTicket(page, number)
  expect(await field.inputValue()).toBe('Written in the old version.')
})

test('a window that was open during an upgrade says so when the connection is back', async () => {
  const { page } = await desk.person('Owen Open', 'admin')
  await page.getByText('Live', { exact: true }).first().waitFor()
  const notice = page.getByText('There is a new version of Deskbell')

  // A restart alone is no upgrade.
  const asked = page.waitForResponse(
    (response) => new URL(response.url()).pathname === '/' && response.request().method() === 'GET',
  )
  await desk.stopServer()
  await page
    .getByText(/^Offline/)
    .first()
    .waitFor()
  await desk.startServer()
  await asked
  await page.getByText('Live', { exact: true }).first().waitFor()
  expect(await notice.count()).toBe(0)

  // Acts as the server of the next version, whose page has another script.
  await page.route('/', async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    const body = (await response.text()).replace(/\/assets\/index-/g, '/assets/next-')
    await route.fulfill({ response, body })
  })
  await desk.stopServer()
  await page
    .getByText(/^Offline/)
    .first()
    .waitFor()
  await desk.startServer()
  await notice.waitFor()
  await page.unrouteAll()
  await page.getByRole('button', { name: 'Reload' }).click()
  await page.getByText('Live', { exact: true }).first().waitFor()
  expect(await notice.count()).toBe(0)
})

function rulesOf(link: unknown): number {
  try {
    return (link as { sheet: { cssRules: unknown[] } }).sheet.cssRules.length
  } catch {
    // Chromium gives a link that failed a style sheet whose rules cannot be read.
    return 0
  }
}
