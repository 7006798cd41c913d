import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { browserArguments } from './browser-arguments.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { raise } from './screen.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

/** Checks that a heading is within the window, since nobody looks below it. */
async function showsInWindow(page: Page, name: string): Promise<void> {
  await heading(page, name).waitFor()
  const { y } = (await heading(page, name).boundingBox()) ?? { y: Infinity }
  expect(y).toBeLessThan(page.viewportSize()?.height ?? 0)
}

function background(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
}

test('without JavaScript, the page says that Deskbell needs it', async () => {
  const page = await (await desk.newContext({ javaScriptEnabled: false })).newPage()
  await page.goto('/tickets/1')
  await showsInWindow(page, 'Deskbell needs JavaScript')
  expect(await page.getByRole('heading').count()).toBe(1)
})

test('in a browser that lacks something Deskbell uses, the page names newer browsers and starts nothing', async () => {
  const page = await (await desk.newContext()).newPage()
  await page.addInitScript('delete Map.groupBy')
  await page.goto('/')
  await showsInWindow(page, 'This browser is too old for Deskbell')
  await page.getByText(/Chrome or Edge \d+, Firefox \d+, Safari [\d.]+/).waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.locator('#root').innerHTML()).toBe('')
})

test('when a script does not arrive, the page says so at once, and the offered reload starts Deskbell', async () => {
  const page = await (await desk.newContext()).newPage()
  await page.route(/\/assets\/.*\.js$/, (route) => route.abort())
  await page.goto('/sign-in')
  await showsInWindow(page, 'Deskbell could not start')
  expect(await background(page)).toBe('rgb(255, 255, 255)')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.reload()
  await showsInWindow(page, 'Deskbell could not start')
  expect(await background(page)).toBe('rgb(23, 23, 28)')
  await page.unroute(/\/assets\/.*\.js$/)
  await page.getByRole('link', { name: 'Reload the page' }).click()
  await heading(page, 'Sign in').waitFor()
  expect(await heading(page, 'Deskbell could not start').count()).toBe(0)
})

test('when no script arrives, the page says so after a while', async () => {
  const page = await (await desk.newContext()).newPage()
  await page.route(/\.js$/, (route) => route.abort())
  await page.goto('/sign-in', { waitUntil: 'commit' })
  await showsInWindow(page, 'Deskbell has not started yet')
})

test('when the app stops altogether, the page says so', async () => {
  const page = await (await desk.newContext()).newPage()
  await page.addInitScript(() => {
    Object.defineProperty(Object.prototype, 'isReactComponent', {
      get() {
        throw new Error('Broken on purpose.')
      },
    })
  })
  await page.goto('/sign-in')
  await showsInWindow(page, 'Deskbell could not start')
})

test('where site data is blocked, the sign-in page says that it needs a cookie', async () => {
  const profile = await mkdtemp(path.join(tmpdir(), 'deskbell-blocked-'))
  await mkdir(path.join(profile, 'Default'))
  const blocked = { profile: { default_content_setting_values: { cookies: 2 } } }
  await writeFile(path.join(profile, 'Default', 'Preferences'), JSON.stringify(blocked))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: inject('chromium'),
    args: browserArguments,
    baseURL: desk.url,
  })
  try {
    const page = await context.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto('/')
    await heading(page, 'Sign in').waitFor()
    await page.getByText('Allow cookies for this site').waitFor()
    await expect(page.evaluate('localStorage.setItem("a", "b")')).rejects.toThrow('keeps no data')
    expect(errors).toEqual([])
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
})

test('a sign-in in a browser that keeps no cookie says so', async () => {
  const { email, password } = desk.founder
  const context = await desk.newContext()
  const page = await context.newPage()
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch()
    await context.clearCookies()
    const { 'set-cookie': _lost, ...headers } = response.headers()
    await route.fulfill({ response, headers })
    await context.clearCookies()
  })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Allow cookies for this site').waitFor()
})

test('where only the storage is blocked, the app works, and says that it keeps no drafts', async () => {
  const { page } = await desk.person('Stella Storage', 'admin')
  const { number } = await raise(desk.founder, 'Without storage')
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, {
        configurable: true,
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError')
        },
      })
    }
  })
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(`/tickets/${number}`)
  await page.getByRole('textbox', { name: 'Reply' }).fill('Half a sentence')
  await page.getByText('This browser keeps no drafts').waitFor()
  await page.getByRole('button', { name: 'Send', exact: false }).first().click()
  await page.locator('li[data-seq]').getByText('Half a sentence').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
  expect(errors).toEqual([])
})

test('an unknown address shows its page within the frame, after sign-in', async () => {
  const { page } = await desk.person('Nora Nowhere', 'admin')
  await page.goto('/no/where')
  await heading(page, 'There is no such page').waitFor()
  await page.getByRole('link', { name: 'Settings' }).first().waitFor()
  await page.getByRole('link', { name: 'Go to the tickets' }).click()
  await page
    .locator('main')
    .getByText('No open tickets')
    .or(page.locator('li[data-number]').first())
    .waitFor()

  const stranger = await (await desk.newContext()).newPage()
  await stranger.goto('/no/where')
  await heading(stranger, 'Sign in').waitFor()
})
