import { afterAll, beforeAll, expect, test } from 'vitest'
import { passwordSentences } from '@deskbell/contract'
import { openNewDesk } from './desk.ts'
import type { NewDesk } from './desk.ts'

let desk: NewDesk
beforeAll(async () => {
  desk = await openNewDesk()
})
afterAll(() => desk.close())

test('the strength of a new password shows while it is typed', async () => {
  const page = await (await desk.newContext()).newPage()
  await page.goto(desk.setUpUrl)
  await page.getByLabel('Your name').fill('Lou Later')
  await page.getByLabel('E-mail address').fill('lou@desk.example')
  const field = page.getByRole('textbox', { name: 'Password' })
  const said = [
    ['too short', 'Too short yet.'],
    ['Password2026', passwordSentences.common],
    ['1q2w3e4r5t', passwordSentences.run],
    ['later lou 12', passwordSentences.owner],
    ['abc abc abc', passwordSentences.repeated],
    ['abcdefghij', passwordSentences.run],
    ['sunflower piano', 'Strong.'],
  ] as const
  for (const [password, sentence] of said) {
    await field.fill(password)
    await page.getByRole('status').getByText(sentence, { exact: true }).waitFor()
  }
})

test('the printed link creates the first super admin, who invites a second, and both manage people', async () => {
  const slow = await (await desk.newContext()).newPage()
  await slow.goto(desk.setUpUrl)
  await slow.getByLabel('Your name').fill('Lars Late')
  await slow.getByLabel('E-mail address').fill('lars@desk.example')
  const fay = await (await desk.newContext()).newPage()
  await fay.goto(desk.setUpUrl)
  await fay.getByLabel('Your name').fill('Fay Founder')
  await fay.getByLabel('E-mail address').fill('fay@desk.example')
  await fay.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await fay.getByRole('button', { name: 'Set up Deskbell' }).click()
  await fay.getByRole('heading', { name: 'Your help desk is ready' }).waitFor()

  await fay.getByRole('link', { name: 'Invite someone' }).click()
  const dialog = fay.getByRole('dialog', { name: 'Invite someone' })
  expect(await dialog.getByLabel('Requester', { exact: true }).isChecked()).toBe(true)
  await dialog.getByLabel('Name').fill('Sue Second')
  await dialog.getByLabel('E-mail address').fill('sue@desk.example')
  await dialog.getByLabel('Super admin', { exact: true }).check()
  await dialog.getByRole('button', { name: 'Invite' }).click()
  const field = dialog.getByLabel('Link for Sue Second')
  const link = await field.inputValue()
  expect(await field.evaluate(shownAndSelected)).toEqual({ from: 0, selected: link })
  await dialog.getByRole('button', { name: 'Done' }).click()

  const sue = await (await desk.newContext()).newPage()
  await sue.goto(link)
  await sue.getByRole('textbox', { name: 'Password' }).fill('sunflower piano seven')
  await sue.getByRole('button', { name: 'Join' }).click()
  await sue.getByText('Live', { exact: true }).first().waitFor()
  await sue.getByRole('link', { name: 'People', exact: true }).click()
  await sue.getByRole('listitem').filter({ hasText: 'Fay Founder' }).waitFor()

  await fay.getByRole('button', { name: 'Invite', exact: true }).click()
  await dialog.getByLabel('Name').fill('Tim Third')
  await dialog.getByLabel('E-mail address').fill('tim@desk.example')
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await sue.getByRole('listitem').filter({ hasText: 'Tim Third' }).getByText('Invited').waitFor()

  const late = await (await desk.newContext()).newPage()
  await late.goto(desk.setUpUrl)
  await late.getByRole('heading', { name: 'This help desk is set up already' }).waitFor()
  await late.getByRole('link', { name: 'Sign in' }).click()
  await late.getByRole('heading', { name: 'Sign in' }).waitFor()

  await slow.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await slow.getByRole('button', { name: 'Set up Deskbell' }).click()
  await slow.getByText('This help desk is already set up.').waitFor()
})

/** The beginning of what a field shows, and what the browser would copy from it. */
function shownAndSelected(field: Element) {
  if (!(field instanceof HTMLInputElement)) return undefined
  const { scrollLeft, value, selectionStart, selectionEnd } = field
  return { from: scrollLeft, selected: value.slice(selectionStart ?? 0, selectionEnd ?? 0) }
}
