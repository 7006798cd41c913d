import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inDatabaseOf } from '../server/src/testing/database-of.ts'
import { newcomer, openDesk } from './desk.ts'
import type { Desk } from './desk.ts'

const newPassword = 'sunflower piano seven'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

test('an invited person chooses a password by the link, is signed in, and shows as active without a reload', async () => {
  const { page } = desk.founder
  const { name, email } = newcomer('Grace Hopper')
  await page.goto('/people')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite someone' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByLabel('Admin', { exact: true }).check()
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const link = await dialog.getByLabel(`Link for ${name}`).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await row(page, name).getByText('Invited').waitFor()

  const hers = await newPage()
  await hers.goto(link)
  await hers.getByRole('heading', { name: `Welcome, ${name}` }).waitFor()
  await hers.getByRole('textbox', { name: 'Password' }).fill('short')
  await hers.getByRole('button', { name: 'Join' }).click()
  await hers.getByText('Use at least 10 characters.').waitFor()
  for (const [guessed, problem] of [
    ['grace.hopper', 'This is made of your name or e-mail address.'],
    ['qwertyuiop', 'These characters follow one another'],
    ['administrator', 'This is made of words that attackers try first.'],
  ] as const) {
    await hers.getByRole('textbox', { name: 'Password' }).fill(guessed)
    await hers.getByRole('button', { name: 'Join' }).click()
    await hers.getByText(problem).waitFor()
  }
  await hers.getByRole('textbox', { name: 'Password' }).fill(newPassword)
  await hers.getByRole('button', { name: 'Join' }).click()
  await hers.getByText('Live', { exact: true }).first().waitFor()
  await row(page, name).getByText('Active').waitFor()

  const again = await newPage()
  await again.goto(link)
  await again.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
})

test('a second try of a test invites people with the same names', async () => {
  const first = await desk.person('Ty Twice', 'sales')
  const second = await desk.person('Ty Twice', 'sales')
  expect([second.name, second.id === first.id]).toEqual(['Ty Twice', false])
})

test('a withdrawn invitation does not work', async () => {
  const { page, call } = desk.founder
  const { name, email } = newcomer('With Drawn')
  const body = { name, email, role: 'sales' } as const
  const { invitation } = await call('invite', { body })
  await page.goto('/people')
  await act(page, name, 'Withdraw the invitation…')
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await row(page, name).getByText('No link').waitFor()

  const theirs = await newPage()
  await theirs.goto(invitation?.url ?? '')
  await theirs.getByRole('heading', { name: 'This link does not work any more' }).waitFor()
})

test('a changed role signs the person out and says why, and the same page opens after the next sign-in', async () => {
  const sam = await desk.person('Sam Sales', 'sales')
  await sam.page.goto('/settings')
  await sam.page.getByRole('heading', { name: 'Settings' }).waitFor()
  const { page } = desk.founder
  await page.goto('/people')
  await act(page, 'Sam Sales', 'Change role…')
  await page.getByRole('dialog').getByLabel('Admin', { exact: true }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await row(page, 'Sam Sales').getByText('Admin').waitFor()

  await sam.page.getByText('Your role was changed.').waitFor()
  await sam.page.getByLabel('E-mail address').fill(sam.email)
  await sam.page.getByRole('textbox', { name: 'Password' }).fill('not the password')
  await sam.page.keyboard.press('Enter')
  await sam.page.getByText('The e-mail address or the password is not right.').waitFor()
  await sam.page.getByRole('textbox', { name: 'Password' }).fill(sam.password)
  await sam.page.keyboard.press('Enter')
  await sam.page.getByRole('heading', { name: 'Settings' }).waitFor()
})

test('a password link sets a new password once, and ends earlier sessions', async () => {
  const lost = await desk.person('Lou Lost', 'sales')
  const { page } = desk.founder
  await page.goto('/people')
  await act(page, 'Lou Lost', 'New password link…')
  await page.getByRole('dialog').getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByLabel('Link for Lou Lost').inputValue()

  const theirs = await newPage()
  await theirs.goto(link)
  await theirs.getByRole('heading', { name: 'Choose a new password' }).waitFor()
  await theirs.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await theirs.getByRole('button', { name: 'Save and sign in' }).click()
  await theirs.getByText('Live', { exact: true }).first().waitFor()
  await lost.page.getByText('Your password was changed').waitFor()
})

test('a person’s own row offers no action that would lock them out', async () => {
  const { page } = desk.founder
  await page.goto('/people')
  await row(page, 'Fay Founder').getByRole('link', { name: 'Settings' }).waitFor()
  expect(await page.getByRole('button', { name: 'Actions for Fay Founder' }).count()).toBe(0)
})

test('a person who is not a super admin sees who manages people', async () => {
  const { page } = await desk.person('Abe Admin', 'admin')
  await page.goto('/people')
  await page.getByRole('heading', { name: 'Super admins manage people' }).waitFor()
})

test('a person’s new password ends their other sessions and keeps this one', async () => {
  const { page, email, password } = await desk.person('Pat Password', 'sales')
  const elsewhere = await newPage()
  await elsewhere.goto('/')
  await elsewhere.getByLabel('E-mail address').fill(email)
  await elsewhere.getByRole('textbox', { name: 'Password' }).fill(password)
  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await elsewhere.getByText('Live', { exact: true }).first().waitFor()

  await page.goto('/settings')
  await page.getByLabel('Current password').fill('not the password')
  await page.getByRole('textbox', { name: 'New password' }).fill(newPassword)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('The current password is not right.').waitFor()
  await page.getByLabel('Current password').fill(password)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText('Changed. Your other sessions ended.').waitFor()

  await elsewhere.getByText('Your password was changed').waitFor()
  await page.reload()
  await page.getByText('Live', { exact: true }).first().waitFor()
})

test('[SE9] a password entered long ago is asked for again, and the form goes on with its contents', async () => {
  const ida = await desk.person('Ida Idle', 'sales')
  const sue = await desk.person('Sue Super', 'super_admin')
  const [page, tab] = [sue.page, await sue.context.newPage()]
  for (const window of [page, tab]) {
    await window.goto('/people')
    await row(window, 'Ida Idle').waitFor()
  }
  const longAfter = () =>
    inDatabaseOf(desk.dataDir, (db) =>
      db
        .updateTable('sessions')
        .set({ confirmed_at: new Date(Date.now() - 11 * 60_000) })
        .where('person_id', '=', sue.id)
        .execute(),
    )
  const asked = (window: Page) => window.getByRole('dialog', { name: 'Your password, please' })
  const focused = (window: Page) => asked(window).locator('input[name="password"]:focus')

  await longAfter()
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Invite someone' })
  const { name, email } = newcomer('Nia New')
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('E-mail address').fill(email)
  await form.getByRole('button', { name: 'Invite' }).click()
  await focused(page).waitFor()
  await page.keyboard.press('Escape')
  await form.getByText('This needs your password again. Nothing was changed.').waitFor()
  expect(await form.getByLabel('Name').inputValue()).toBe(name)

  await form.getByRole('button', { name: 'Invite' }).click()
  await focused(page).waitFor()
  await page.keyboard.type('not the password')
  await page.keyboard.press('Enter')
  await asked(page).getByText('The current password is not right.').waitFor()
  await page.keyboard.type(ida.password)
  await page.keyboard.press('Enter')
  await form.getByLabel(`Link for ${name}`).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()

  // The other window has the new token, too.
  await longAfter()
  await act(tab, 'Ida Idle', 'Change role…')
  await tab.getByRole('dialog').getByLabel('Admin', { exact: true }).check()
  await tab.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await asked(tab).getByRole('textbox', { name: 'Password' }).fill(ida.password)
  await asked(tab).getByRole('button', { name: 'Continue' }).click()
  for (const window of [page, tab]) await row(window, 'Ida Idle').getByText('Admin').waitFor()
})

test('a person sees where they are signed in, and signs out there', async () => {
  const { page, email, password } = await desk.person('Sid Sessions', 'sales')
  const userAgent = 'Mozilla/5.0 (Windows NT 10.0; rv:143.0) Gecko/20100101 Firefox/143.0'
  const elsewhere = async () => {
    const context = await desk.newContext({ userAgent })
    const there = await context.newPage()
    await there.goto('/')
    await there.getByLabel('E-mail address').fill(email)
    await there.getByRole('textbox', { name: 'Password' }).fill(password)
    await there.getByRole('button', { name: 'Sign in' }).click()
    await there.getByText('Live', { exact: true }).first().waitFor()
    return there
  }
  const first = await elsewhere()
  await page.goto('/settings')
  const list = page.getByRole('list', { name: 'Your sessions' })
  await list.getByRole('listitem').filter({ hasText: 'This device' }).waitFor()
  await list.getByRole('button', { name: 'Sign out Firefox on Windows' }).click()
  await first.getByText('You signed this device out from another one.').waitFor()
  await list.getByText('Firefox on Windows').waitFor({ state: 'detached' })

  const others = [await elsewhere(), await elsewhere()]
  await page.reload()
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  for (const there of others)
    await there.getByText('You signed this device out from another one.').waitFor()
  await expect.poll(() => list.getByRole('listitem').count()).toBe(1)
})

test('a chosen theme shows at once, also in another window', async () => {
  const { page, context } = await desk.person('Thea Theme', 'sales')
  const other = await context.newPage()
  await other.goto('/')
  await other.getByText('Live', { exact: true }).first().waitFor()
  await page.goto('/settings')
  await page.getByText('Dark', { exact: true }).click()
  for (const window of [page, other]) await scheme(window, 'dark').waitFor()
  await page.getByText('Light', { exact: true }).click()
  for (const window of [page, other]) await scheme(window, 'light').waitFor()
})

async function newPage(): Promise<Page> {
  const context = await desk.browser.newContext({ baseURL: desk.url })
  return context.newPage()
}

function row(page: Page, name: string): Locator {
  return page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: name })
}

async function act(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

function scheme(page: Page, value: 'light' | 'dark'): Locator {
  return page.locator(`html[data-mantine-color-scheme="${value}"]`)
}
