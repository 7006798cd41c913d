import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, openTicket, raise, row, signIn } from './screen.ts'

let desk: Desk
let ben: Person
beforeAll(async () => {
  desk = await openDesk()
  ben = await desk.person('Ben Admin', 'admin')
})
afterAll(() => desk.close())

function field(page: Page) {
  return page.getByRole('textbox', { name: /^(Reply|Internal note)$/ })
}

/** The person's phone. */
async function phoneOf(person: Person): Promise<Page> {
  const context = await desk.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto('/')
  await signIn(page, person)
  return page
}

test('[DR7] what a person writes follows to the other device, texts that differ are offered, and the one not chosen comes back', async () => {
  const dora = await desk.person('Dora Draft', 'admin')
  const { page } = dora
  const { id, number } = await raise(ben, 'The lamp hums')
  await raise(ben, 'Another one')
  const phone = await phoneOf(dora)
  await phone.getByRole('link', { name: /The lamp hums/ }).waitFor()
  expect(await phone.getByRole('img', { name: 'Your draft:' }).count()).toBe(0)

  await openTicket(page, number)
  await field(page).fill('We order a new one.')
  await row(phone, 'The lamp hums').getByRole('img', { name: 'Your draft:' }).waitFor()
  await openTicket(phone, number)
  await expect.poll(() => field(phone).inputValue()).toBe('We order a new one.')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files', exact: true }).click()
  const file = { name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('60 W') }
  await (await chooser).setFiles(file)
  await phone.getByRole('list', { name: 'Files to send' }).getByText('lamp.txt').waitFor()

  await phone.context().setOffline(true)
  await field(phone).fill('Please turn it off, I come by.')
  const saved = page.waitForResponse((response) => response.url().endsWith('/drafts/reply'))
  await field(page).fill('We order a new one. It comes on Monday.')
  await saved
  await phone.context().setOffline(false)
  const offer = phone.getByRole('region', { name: 'Written on another device' })
  await offer.getByText('We order a new one. It comes on Monday.').waitFor()
  expect(await field(phone).inputValue()).toBe('Please turn it off, I come by.')
  await offer.getByRole('button', { name: 'Keep this one' }).click()
  await expect.poll(() => field(page).inputValue()).toBe('Please turn it off, I come by.')
  await expect.poll(() => offer.count()).toBe(0)

  await page.getByRole('button', { name: 'Earlier drafts' }).click()
  await page.getByRole('menuitem').first().waitFor()
  await page.getByRole('menuitem', { name: /It comes on Monday/ }).click()
  const whole = 'We order a new one. It comes on Monday.\n\nPlease turn it off, I come by.'
  expect(await field(page).inputValue()).toBe(whole)
  await expect.poll(() => field(phone).inputValue()).toBe(whole)
  await field(page).press('Control+Enter')
  await comment(phone, 'Dora Draft', 'It comes on Monday.').waitFor()
  await expect.poll(() => field(phone).inputValue()).toBe('')
  expect((await dora.call('drafts')).drafts).toEqual([])

  await page.keyboard.press('n')
  await page.keyboard.type('The boss does not want one.')
  await expect
    .poll(() => phone.getByRole('textbox', { name: 'Internal note' }).inputValue())
    .toBe('The boss does not want one.')
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await row(page, 'The lamp hums').getByRole('img', { name: 'Your draft:' }).waitFor()

  await ben.call('watch', { params: { id, userId: dora.id } })
  await become(dora, 'sales')
  await signIn(phone, dora)
  await openTicket(phone, number)
  expect((await phoneCall(phone, '/api/me/drafts')).drafts).toEqual([])
  expect(await phone.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('')
  expect(await phone.getByText('The boss does not want one.').count()).toBe(0)
  await become(dora, 'admin')
  await signIn(phone, dora)
  await openTicket(phone, number)
  await expect
    .poll(() => phone.getByRole('textbox', { name: 'Internal note' }).inputValue())
    .toBe('The boss does not want one.')
  await phone.context().close()
})

async function become({ id }: Person, role: 'sales' | 'admin') {
  await desk.founder.call('editPerson', { params: { id }, body: { role } })
}

async function phoneCall(page: Page, path: string): Promise<{ drafts: unknown[] }> {
  return (await (await page.context().request.get(path)).json()) as { drafts: unknown[] }
}
