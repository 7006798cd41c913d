import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { openTicket, raise, row } from './screen.ts'

let desk: Desk
let ada: Person
let bo: Person
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  bo = await desk.person('Bo Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

test('a tag that one person makes and sets shows in the other window, in the row and in the history', async () => {
  const { number } = await raise(sam, 'The printer is out of paper')
  await bo.page.goto('/')
  await openTicket(ada.page, number)
  await openTags(ada.page)
  await ada.page.keyboard.type('Printer')
  await ada.page.getByRole('option', { name: 'Make “Printer”', exact: true }).waitFor()
  await ada.page.keyboard.press('Enter')
  await tagsOf(ada.page).getByText('Printer').waitFor()
  await row(bo.page, 'The printer is out of paper').getByText('Printer', { exact: true }).waitFor()
  await ada.page.getByText('added the tag Printer').waitFor()

  await openTicket(bo.page, number)
  await bo.page.getByRole('button', { name: 'Add or remove tags' }).click()
  await bo.page.getByRole('option', { name: 'Printer' }).click()
  await tagsOf(ada.page).waitFor({ state: 'detached' })
  await bo.page.getByText('removed the tag Printer').waitFor()
})

test('the same key sets a tag on all selected tickets', async () => {
  await raise(sam, 'First of two')
  await raise(sam, 'Second of two')
  const { page } = ada
  await page.goto('/')
  for (const title of ['First of two', 'Second of two'])
    await row(page, title).getByRole('checkbox').check({ force: true })
  await openTags(page)
  await page.keyboard.type('Prin')
  await page.getByRole('option', { name: 'Printer' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('li[data-number] a:focus').waitFor()
  for (const title of ['First of two', 'Second of two'])
    await row(page, title).getByText('Printer', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
})

test('an internal tag is invisible to a requester, who has no control for tags', async () => {
  const { number } = await raise(sam, 'Again the same question')
  await openTicket(ada.page, number)
  await openTags(ada.page)
  await ada.page.keyboard.type('Difficult')
  await ada.page.getByRole('option', { name: 'Make “Difficult”, for staff only' }).click()
  await tagsOf(ada.page).getByText('Difficult').waitFor()
  await ada.page.keyboard.type('Printer')
  await ada.page.keyboard.press('Enter')
  await tagsOf(ada.page).getByText('Printer').waitFor()

  await openTicket(sam.page, number)
  await tagsOf(sam.page).getByText('Printer').waitFor()
  expect(await sam.page.getByText('Difficult').count()).toBe(0)
  expect(await sam.page.getByRole('button', { name: 'Add or remove tags' }).count()).toBe(0)
})

test('a list filters by tags, also by their address, and follows a merge', async () => {
  const { page } = ada
  const printer = await raise(sam, 'The toner is empty')
  await raise(sam, 'A question without a tag')
  const { tags } = await ada.call('tags')
  const { item: toner } = await ada.call('createTag', {
    body: { name: 'Toner', color: 'teal', internal: false },
  })
  await ada.call('setTags', { params: { id: printer.id }, body: { add: [toner.id] } })
  await page.goto('/')
  await page.getByRole('button', { name: 'Tags', exact: true }).click()
  await page.getByRole('option', { name: 'Toner' }).click()
  await row(page, 'A question without a tag').waitFor({ state: 'detached' })
  await row(page, 'The toner is empty').waitFor()
  await page.waitForURL(new RegExp(`[?&]tag=${toner.id}`))
  await page.getByRole('radio', { name: 'None of' }).check()
  await row(page, 'The toner is empty').waitFor({ state: 'detached' })
  await row(page, 'A question without a tag').waitFor()

  const into = tags.find(({ name }) => name === 'Printer')?.id ?? ''
  await page.goto(`/?tag=${into}`)
  await row(page, 'First of two').waitFor()
  expect(await row(page, 'The toner is empty').count()).toBe(0)
  await bo.page.goto('/settings')
  await bo.page.getByRole('button', { name: 'Actions for the tag Toner' }).click()
  await bo.page.getByRole('menuitem', { name: 'Merge into another…' }).click()
  await bo.page.getByText('1 ticket has Toner now.').waitFor()
  await bo.page.getByRole('combobox', { name: 'Into' }).selectOption({ label: 'Printer' })
  await bo.page.getByRole('button', { name: 'Merge: 1 ticket changes' }).click()
  await row(page, 'The toner is empty').getByText('Printer', { exact: true }).waitFor()
  // The search reads what the filter does.
  await page.goto('/?q=tag:printer')
  await row(page, 'The toner is empty').waitFor()
  await row(page, 'A question without a tag').waitFor({ state: 'detached' })
})

test('a tag is made, renamed, deleted and archived in the settings, and a refusal says why', async () => {
  const { page } = ada
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Make a tag' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Printer')
  await dialog.getByRole('button', { name: 'Make the tag' }).click()
  await dialog.getByText('There is a tag with this name already.').waitFor()
  await dialog.getByLabel('Name').fill('Scanner')
  await dialog.getByRole('button', { name: 'Make the tag' }).click()
  const list = page.getByRole('list', { name: 'All tags' })
  await list.getByText('Scanner').waitFor()
  await page.getByRole('button', { name: 'Actions for the tag Scanner' }).click()
  await page.getByRole('menuitem', { name: 'Name and colour…' }).click()
  await dialog.getByLabel('Name').fill('Scanning')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await list.getByText('Scanning').waitFor()
  const actions = (name: string) =>
    page.getByRole('button', { name: `Actions for the tag ${name}` })
  const isFocused = (button: Locator) => button.and(page.locator(':focus')).waitFor()
  await isFocused(actions('Scanning'))
  // No ticket had Scanning; some have Printer. The focus goes to the row in its place.
  await actions('Scanning').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await list.getByText('Scanning').waitFor({ state: 'detached' })
  await isFocused(actions('Printer'))
  await actions('Printer').click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.getByText('Archived (1)').waitFor()
  expect(await list.getByText('Printer').count()).toBe(0)
  await page.getByRole('button', { name: 'Make a tag' }).click()
  await dialog.getByLabel('Name').and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Escape')
  await isFocused(page.getByRole('button', { name: 'Make a tag' }))
  await sam.page.goto('/settings')
  await sam.page.getByRole('heading', { name: 'Sessions' }).waitFor()
  expect(await sam.page.getByRole('heading', { name: 'Tags' }).count()).toBe(0)
})

test('a dialog about a tag changes only what was changed in it, and says what others change', async () => {
  const { page } = ada
  const make = async (name: string) => {
    const { item } = await bo.call('createTag', { body: { name, color: 'gray', internal: false } })
    return { id: item.id }
  }
  const [params, doomed] = [await make('Scans'), await make('Doomed')]
  await page.goto('/settings')
  const actions = page.getByRole('button', { name: 'Actions for the tag', exact: false })
  await actions.and(page.getByLabel('Scans')).click()
  await page.getByRole('menuitem', { name: 'Name and colour…' }).click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByLabel('Name')
  await bo.call('editTag', { params, body: { name: 'Scan' } })
  await expect.poll(() => name.inputValue()).toBe('Scan')
  await name.fill('My scan')
  await dialog.getByRole('radio', { name: 'Pink' }).check()
  await bo.call('editTag', { params, body: { name: 'Their scan' } })
  await dialog.getByText('The name was changed to Their scan meanwhile.').waitFor()
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  const { tags } = await ada.call('tags')
  expect(tags.find(({ id }) => id === params.id)).toMatchObject({
    name: 'Their scan',
    color: 'pink',
  })

  await actions.and(page.getByLabel('Their scan')).click()
  await page.getByRole('menuitem', { name: 'Merge into another…' }).click()
  await dialog.getByRole('button', { name: /^Merge/ }).click()
  await dialog.getByText('Choose a tag.').waitFor()
  await dialog.getByLabel('Into').selectOption({ label: 'Doomed' })
  await bo.call('deleteTag', { params: doomed })
  await dialog.getByText('Doomed is not in use any more.').waitFor()
  await bo.call('deleteTag', { params })
  await dialog.getByText('This tag was deleted.').waitFor()
  await page.keyboard.press('Escape')
})

test('an archived tag comes off a ticket and out of a filter, and tags of others do not move the highlight', async () => {
  const { page } = ada
  const make = async (name: string) => {
    const { item } = await bo.call('createTag', { body: { name, color: 'gray', internal: false } })
    return item.id
  }
  const [old, monitor] = [await make('Xerox'), await make('Monitor')]
  await make('Mouse')
  const { id, number } = await raise(sam, 'The copier is old')
  await bo.call('setTags', { params: { id }, body: { add: [old] } })
  await bo.call('deleteTag', { params: { id: old } })

  await openTicket(page, number)
  await openTags(page)
  const option = page.getByRole('option')
  await option.first().getByText('Xerox').waitFor()
  await page.keyboard.type('mo')
  const highlighted = page.locator('[data-combobox-selected]')
  await highlighted.getByText('Monitor').waitFor()
  await page.keyboard.press('ArrowDown')
  await highlighted.getByText('Mouse').waitFor()
  await make('Modem')
  await option.getByText('Modem').waitFor()
  await page.keyboard.press('Enter')
  await tagsOf(page).getByText('Mouse').waitFor()
  // With the highlighted tag gone Enter does nothing.
  await page.keyboard.press('ArrowUp')
  await highlighted.getByText('Monitor').waitFor()
  await bo.call('deleteTag', { params: { id: monitor } })
  await option.getByText('Monitor').waitFor({ state: 'detached' })
  expect(await highlighted.count()).toBe(0)
  await page.keyboard.press('Enter')
  await page.getByPlaceholder('Add or remove tags').fill('')
  await option.getByText('Xerox').click()
  await tagsOf(page).getByText('Xerox').waitFor({ state: 'detached' })
  await option.getByText('Xerox').waitFor({ state: 'detached' })
  expect(await tagsOf(page).getByRole('listitem').allTextContents()).toEqual(['Mouse'])

  await page.goto(`/?tag=${old}`)
  await page.getByRole('button', { name: 'Tags', exact: false }).first().click()
  await page.getByRole('option', { name: 'Xerox' }).and(page.locator('[aria-checked=true]')).click()
  await page.waitForURL((url) => !url.searchParams.has('tag'))
})

test('a narrow ticket shows its tags in a line, and a narrow row their number; all else fits as well', async () => {
  const { id, number } = await raise(
    sam,
    'Its many tags and its long title leave room for the conversation',
  )
  const add: string[] = []
  for (const name of ['Second floor', 'Warranty', 'Hardware', 'Building B', 'Leased']) {
    const { item } = await bo.call('createTag', { body: { name, color: 'blue', internal: false } })
    add.push(item.id)
  }
  await bo.call('setTags', { params: { id }, body: { add } })
  const { page } = await desk.person('Pia Phone', 'admin', {
    viewport: { width: 390, height: 844 },
  })
  await row(page, 'Its many tags')
    .getByRole('img', { name: /^Tags: .*Building B/ })
    .waitFor()
  await row(page, 'Its many tags').getByRole('checkbox').check({ force: true })
  const buttons = page.getByRole('toolbar').getByRole('button')
  await expect.poll(() => buttons.count()).toBe(5)
  const cutOff = await buttons.evaluateAll((all) =>
    all
      .filter((one) =>
        [...one.querySelectorAll('span')].some((part) => part.scrollWidth > part.clientWidth),
      )
      .map((one) => one.textContent),
  )
  expect(cutOff).toEqual([])
  expect((await page.getByRole('toolbar').boundingBox())?.width).toBeLessThanOrEqual(390 - 16)

  await openTicket(page, number)
  const header = page.getByRole('article').locator('header').first()
  expect((await header.boundingBox())?.height).toBeLessThanOrEqual(180)
  const shown = tagsOf(page).getByRole('listitem').filter({ visible: true })
  expect(await shown.count()).toBe(2)
  await page.getByRole('button', { name: /^Show 3 more: / }).click()
  expect(await shown.count()).toBe(5)
  await page.getByRole('button', { name: 'Show fewer tags' }).click()
  expect(await shown.count()).toBe(2)

  await page.setViewportSize({ width: 1280, height: 800 })
  const top = async (name: string | RegExp) =>
    (await page.getByRole('button', { name }).filter({ visible: true }).first().boundingBox())?.y
  await row(page, 'Its many tags').waitFor()
  expect(await top(/^Sort: /)).toBe(await top('Creator'))
})

/** Opens the menu of tags by its key, and waits until it takes letters. */
async function openTags(page: Page): Promise<void> {
  await page.keyboard.press('l')
  await page.getByPlaceholder('Add or remove tags').and(page.locator(':focus')).waitFor()
}

function tagsOf(page: Page): Locator {
  return page.getByRole('list', { name: 'Tags' })
}
