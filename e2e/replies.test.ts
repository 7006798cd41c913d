import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { hold } from './hold.ts'
import { comment, openTicket, raise, signIn, signOut } from './screen.ts'

let desk: Desk
let ada: Person
let ben: Person
beforeAll(async () => {
  desk = await openDesk()
  ada = await desk.person('Ada Admin', 'admin')
  ben = await desk.person('Ben Admin', 'admin')
})
afterAll(() => desk.close())

test('a reply is stopped when someone else replied meanwhile, and is sent once the writer has read that', async () => {
  const { page } = ada
  const { id, number } = await raise(ben, 'The door is stuck')
  await openTicket(page, number)

  await replyBox(page).fill('Please push harder.')
  await say(ben, id, 'The lock was changed today.')
  await page.getByText('Ben Admin replied while you were writing.').waitFor()
  await page.getByRole('button', { name: 'Send reply', exact: true }).click()
  const stop = page.getByRole('alert').filter({ hasText: 'Nothing was sent yet.' })
  await stop.getByText('The lock was changed today.').waitFor()
  expect(await commentsOf(ada, number)).toEqual(['The lock was changed today.'])

  expect(await page.getByRole('button', { name: 'Send reply' }).count()).toBe(0)
  await stop.getByRole('button', { name: 'Keep editing' }).click()
  expect(await replyBox(page).inputValue()).toBe('Please push harder.')
  await page.keyboard.type(' Or take the other door.')
  await page.keyboard.press('Control+Enter')
  await comment(page, 'Ada Admin', 'Please push harder. Or take the other door.').waitFor()

  await replyBox(page).fill('It is open.')
  await say(ben, id, 'I am on my way.')
  await page.getByText('Ben Admin replied while you were writing.').waitFor()
  await page.keyboard.press('Control+Enter')
  await stop.getByRole('button', { name: 'Send anyway' }).click()
  await comment(page, 'Ada Admin', 'It is open.').waitFor()

  await replyBox(page).fill('They never read anything.')
  await say(ben, id, 'Thanks, Ada.')
  await page.getByText('Ben Admin replied while you were writing.').waitFor()
  await page.keyboard.press('Control+Enter')
  await stop.getByRole('button', { name: 'Make it a note' }).click()
  await page
    .getByRole('article', { name: 'Internal note by Ada Admin' })
    .getByText('They never read anything.')
    .waitFor()
  await expect
    .poll(() => page.getByRole('textbox', { name: /Reply|Internal note/ }).inputValue())
    .toBe('')
  expect(await commentsOf(ada, number)).toHaveLength(6)
})

test('a reply that comes back never stands in front of a note, and waits in its own place', async () => {
  const { page } = ada
  const { id, number } = await raise(ben, 'The gate is stuck')
  await openTicket(page, number)
  await replyBox(page).fill('Push harder.')
  const sending = await hold(page, (request) => request.url().endsWith('/comments'))
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article', { name: 'Comment by Ada Admin' }).getByText('Sending').waitFor()
  await page.keyboard.press('n')
  const note = page.getByRole('textbox', { name: 'Internal note' })
  await note.fill('The caretaker must not know.')
  await say(ben, id, 'It is nailed shut.')
  await sending.release()
  await page.getByText(`Your reply on #${number} was not sent, but kept`).waitFor()
  expect(await note.inputValue()).toBe('The caretaker must not know.')
  await page.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect.poll(() => replyBox(page).inputValue()).toBe('Push harder.')
  expect(await commentsOf(ada, number)).toEqual(['It is nailed shut.'])
})

test('the server also stops a reply when the missed items have not arrived in this window yet', async () => {
  const page = await ada.context.newPage()
  const queue: (() => void)[] = []
  let held = false
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (held) queue.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  const { id, number } = await raise(ben, 'The window is stuck')
  await openTicket(page, number)
  await replyBox(page).fill('Pull harder.')
  held = true
  await say(ben, id, 'It is nailed shut.')
  await page.getByRole('button', { name: 'Send reply', exact: true }).click()

  const stop = page.getByRole('alert').filter({ hasText: 'Nothing was sent yet.' })
  await stop.getByText('Ben Admin replied while you were writing.').waitFor()
  await stop.getByText('It is nailed shut.').waitFor()
  held = false
  for (const send of queue) send()
  await comment(page, 'Ben Admin', 'It is nailed shut.').waitFor()
  await stop.getByRole('button', { name: 'Send anyway' }).click()
  await comment(page, 'Ada Admin', 'Pull harder.').waitFor()
  await page.close()
})

test('a title that two people change is never lost: both values are shown, and one is chosen', async () => {
  const { page } = ada
  const { id, number } = await raise(ben, 'Prinetr')
  await openTicket(page, number)
  await openTicket(ben.page, number)

  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Title' }).fill('The printer jams')
  await ben.call('editTicket', { params: { id }, body: { title: 'Printer' } })
  const conflict = page.getByRole('alert').filter({ hasText: 'Which one stays?' })
  await conflict.getByText('Printer', { exact: true }).waitFor()
  await conflict.getByText('The printer jams').waitFor()
  await conflict.getByRole('button', { name: 'Use mine' }).click()
  await ben.page.getByRole('heading', { name: 'The printer jams' }).waitFor()

  await page.getByRole('button', { name: 'Edit the title' }).click()
  await page.getByRole('textbox', { name: 'Title' }).fill('Something else')
  await ben.call('editTicket', { params: { id }, body: { title: 'The printer on floor 3 jams' } })
  await conflict.getByRole('button', { name: 'Keep theirs' }).click()
  await page.getByRole('heading', { name: 'The printer on floor 3 jams' }).waitFor()
})

test('a draft survives a reload and signing out, and only its writer sees it', async () => {
  const dora = await desk.person('Dora Draft', 'admin')
  const { page } = dora
  const { number } = await raise(ben, 'Keep what I write')
  await openTicket(page, number)
  await replyBox(page).fill('Half a thought')
  await page.reload()
  await expect.poll(() => replyBox(page).inputValue()).toBe('Half a thought')

  await signOut(page)
  await signIn(page, ben)
  await openTicket(page, number)
  expect(await replyBox(page).inputValue()).toBe('')

  await signOut(page)
  await signIn(page, dora)
  await openTicket(page, number)
  expect(await replyBox(page).inputValue()).toBe('Half a thought')
})

test('an edit survives a reload too, and is gone once it is discarded', async () => {
  const { page } = ada
  const { number } = await raise(ben, 'Half a title')
  await openTicket(page, number)
  const title = page.getByRole('textbox', { name: 'Title' })
  await page.keyboard.press('e')
  await title.fill('A title in the making')
  await page.getByRole('button', { name: 'Edit the description' }).click()
  await page.getByRole('textbox', { name: 'Description' }).fill('More of it')
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await page.reload()
  await openTicket(page, number)
  expect(await title.inputValue()).toBe('A title in the making')
  expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('More of it')
  await title.press('Escape')
  await page.getByRole('textbox', { name: 'Description' }).press('Escape')
  await page.reload()
  await page.getByRole('heading', { name: 'Half a title' }).waitFor()
  expect(await title.count()).toBe(0)
})

test('a draft that comes back says which of its files are gone', async () => {
  const { page } = ada
  const { number } = await raise(ben, 'Keep what I attach')
  await openTicket(page, number)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files', exact: true }).click()
  const stored = page.waitForResponse((response) => response.url().endsWith('/attachments'))
  const file = { name: 'kept.txt', mimeType: 'text/plain', buffer: Buffer.from('kept') }
  await (await chooser).setFiles(file)
  const { attachment } = (await (await stored).json()) as { attachment: { id: string } }
  const shelf = page.getByRole('list', { name: 'Files to send' })
  await shelf.getByText('kept.txt').waitFor()
  await page.reload()
  await shelf.getByText('kept.txt').waitFor()

  // No page asks for the file while it goes: that page would tell of it, and the next one would not.
  await page.goto('about:blank')
  await ada.call('deleteAttachment', { params: { id: attachment.id } })
  await page.goBack()
  await page
    .getByText('The server does not have “kept.txt” any more. Please attach it again.')
    .waitFor()
  expect(await shelf.count()).toBe(0)
})

test('a double click on send makes one comment', async () => {
  const { page } = ada
  const { number } = await raise(ben, 'Click twice')
  await openTicket(page, number)
  await replyBox(page).fill('Only once.')
  await page.getByRole('button', { name: 'Send reply', exact: true }).dblclick()
  await comment(page, 'Ada Admin', 'Only once.').waitFor()
  await replyBox(page).fill('And another.')
  await page.keyboard.press('Control+Enter')
  await comment(page, 'Ada Admin', 'And another.').waitFor()
  expect(await commentsOf(ada, number)).toEqual(['Only once.', 'And another.'])
})

test('a reply whose HTTP answer was lost exists once', async () => {
  const { page } = ada
  const { number } = await raise(ben, 'Lose the answer')
  await openTicket(page, number)
  let sent = 0
  await page.route('**/comments', async (route) => {
    sent += 1
    if (sent > 1) return route.continue()
    await route.fetch()
    return route.abort('connectionreset')
  })
  await replyBox(page).fill('Did you hear me?')
  await page.keyboard.press('Control+Enter')
  await comment(page, 'Ada Admin', 'Did you hear me?').waitFor()
  await expect.poll(() => replyBox(page).inputValue()).toBe('')
  await page.unrouteAll({ behavior: 'wait' })
  expect(await commentsOf(ada, number)).toEqual(['Did you hear me?'])
})

function replyBox(page: Page) {
  return page.getByRole('textbox', { name: 'Reply' })
}

async function say(person: Person, id: string, body: string): Promise<void> {
  await person.call('addComment', { params: { id }, body: { body } })
}

async function commentsOf(person: Person, number: string): Promise<string[]> {
  const { timeline } = await person.call('ticket', { params: { ref: number } })
  return timeline.flatMap((item) => (item.kind === 'comment' ? [item.comment.body] : []))
}
