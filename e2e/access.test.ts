import { afterAll, beforeAll, expect, test } from 'vitest'
import { newcomer, openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { comment, openTicket, raise, row, signIn, toast } from './screen.ts'

let desk: Desk
let ada: Person
let sam: Person
let wim: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
  wim = await desk.person('Wim Watcher', 'sales')
})
afterAll(() => desk.close())

test('a new watcher gets a toast and finds the ticket in the list; removed while writing, they keep only their text', async () => {
  const { page } = wim
  const { id, number } = await raise(sam, 'The fridge is warm')
  const params = { id, userId: wim.id }
  await page.goto('/settings')
  await page.getByText('Live', { exact: true }).first().waitFor()
  await ada.call('watch', { params })
  await toast(page, 'Ada Admin added you as a watcher').waitFor()
  await toast(page, `#${number} The fridge is warm`).click()
  await page.getByRole('textbox', { name: 'Reply' }).fill('I will bring ice.')

  await openTicket(ada.page, number)
  await ada.page.getByRole('button', { name: 'Remove the watcher Wim Watcher' }).click()
  await page.getByRole('heading', { name: 'You can no longer see this ticket' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Your unsent text' }).inputValue()).toBe(
    'I will bring ice.',
  )
  await row(page, 'The fridge is warm').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Back to the list' }).last().click()
  await page.getByRole('heading', { name: 'No open tickets' }).waitFor()

  await ada.page.getByRole('button', { name: 'Add a watcher' }).click()
  await ada.page.getByRole('option', { name: 'Wim Watcher' }).click()
  await toast(page, 'Ada Admin added you as a watcher').waitFor()
  await row(page, 'The fridge is warm').click()
  await page.getByRole('heading', { name: 'The fridge is warm' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe('I will bring ice.')
})

test('when someone else signs in in another tab, the first tab does nothing in their name', async () => {
  const uma = await desk.person('Uma First', 'admin')
  const { page, context } = uma
  const { number } = await raise(sam, 'Two people, one browser')
  // Holds back the server's message that this session ended, as if it came too late.
  let isHeld = false
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => !isHeld && socket.send(message))
    server.onClose(() => void (!isHeld && socket.close()))
  })
  await openTicket(page, number)
  await page.getByRole('textbox', { name: 'Reply' }).fill('From Uma, and from nobody else.')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files', exact: true }).click()
  const file = { name: 'hers.txt', mimeType: 'text/plain', buffer: Buffer.from('hers') }
  await (await chooser).setFiles(file)
  await page.getByRole('button', { name: 'Remove hers.txt' }).waitFor()
  await page.getByRole('button', { name: 'Back to the list' }).click()

  const body = { ...newcomer('Vic Second'), role: 'admin' as const }
  const { invitation } = await desk.founder.call('invite', { body })
  const other = await context.newPage()
  await other.goto(invitation?.url ?? '')
  await other.getByText('You are signed in as Uma First.').waitFor()
  isHeld = true
  await other.getByLabel('Password', { exact: true }).fill(uma.password)
  await other.getByRole('button', { name: 'Join' }).click()
  await other.getByText('Live', { exact: true }).first().waitFor()

  const asked = page.waitForResponse((response) => response.request().method() === 'HEAD')
  await row(page, 'Two people, one browser').click()
  expect((await asked).status()).toBe(401)
  await page.getByRole('button', { name: 'Send reply', exact: true }).click()
  await page.getByText('Someone else signed in in another window').waitFor()
  const { timeline } = await sam.call('ticket', { params: { ref: number } })
  expect(timeline.map(({ kind }) => kind)).toEqual(['created'])

  // And the other way round: now the other tab shows the person who is signed out, and says so.
  isHeld = false
  // What she sent waited for her, and goes in her name.
  await signIn(page, uma)
  await comment(page, 'Uma First', 'From Uma, and from nobody else.').waitFor()
  await page.getByRole('article', { name: 'Comment by Uma First' }).getByText('hers.txt').waitFor()
  await other.getByText('Someone else signed in in another window').waitFor()
})

test('requesters see no trace of an internal note', async () => {
  const { page } = sam
  const older = await raise(sam, 'The older ticket')
  await raise(sam, 'The newer ticket')
  await page.goto('/')
  await row(page, 'The newer ticket').waitFor()
  const list = page.locator('li[data-number]')
  const before = await list.allInnerTexts()
  const { ticket } = await sam.call('ticket', { params: { ref: older.number } })

  const note = { body: 'He never reads the manual.', internal: true }
  await ada.call('addComment', { params: { id: older.id }, body: note })
  await raise(sam, 'Raised after it')
  await row(page, 'Raised after it').waitFor()
  expect((await list.allInnerTexts()).slice(1)).toEqual(before)
  expect(await toast(page, /note|manual|Ada Admin/).count()).toBe(0)
  expect((await sam.call('ticket', { params: { ref: older.number } })).ticket).toEqual(ticket)

  await openTicket(page, older.number)
  await ada.call('addComment', { params: { id: older.id }, body: note })
  await ada.call('addComment', { params: { id: older.id }, body: { body: 'Done.' } })
  await comment(page, 'Ada Admin', 'Done.').waitFor()
  expect(await page.getByText('manual').count()).toBe(0)
  expect(await page.getByText('Internal note').count()).toBe(0)
  await openTicket(ada.page, older.number)
  await ada.page.getByText('He never reads the manual.').nth(1).waitFor()
})

test('a change of role, a deactivation and ended sessions sign out at once, and say so', async () => {
  const people = await Promise.all(
    ['Rita Role', 'Dan Deactivated', 'Ed Ended'].map((name) => desk.person(name, 'sales')),
  )
  const [rita, dan, ed] = people
  if (rita === undefined || dan === undefined || ed === undefined) throw new Error('three people')
  const { call } = desk.founder
  await call('editPerson', { params: { id: rita.id }, body: { role: 'admin' } })
  await rita.page.getByText('Your role was changed. Please sign in again.').waitFor()
  await call('editPerson', { params: { id: dan.id }, body: { active: false } })
  await dan.page.getByText('Your account was deactivated.').waitFor()
  await call('endSessions', { params: { id: ed.id } })
  await ed.page.getByText('A super admin ended your sessions.').waitFor()
  for (const { page } of people) await page.getByRole('button', { name: 'Sign in' }).waitFor()
})
