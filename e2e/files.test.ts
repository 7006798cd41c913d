import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FileChooser, JSHandle, Locator, Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { hold } from './hold.ts'
import { openTicket, raise, toast } from './screen.ts'

let desk: Desk
let ada: Person
let sam: Person
let ticket: { id: string; number: string }
beforeAll(async () => {
  desk = await openDesk({ MAX_UPLOAD_MB: '2', FILES_PER_PERSON_MB: '3' })
  ada = await desk.person('Ada Admin', 'admin')
  sam = await desk.person('Sam Sales', 'sales')
  ticket = await raise(sam, 'The screen is green')
  await openTicket(sam.page, ticket.number)
  await openTicket(ada.page, ticket.number)
})
afterAll(() => desk.close())

test('a pasted screenshot is sent with the reply, and opens large on another screen', async () => {
  const { page } = sam
  const field = page.getByRole('textbox', { name: 'Reply' })
  await field.fill('Look at this:')
  await paste(field, await picture(page, 'screenshot.png'))
  await toSend(page).getByText('screenshot.png').waitFor()
  await page.getByRole('button', { name: 'Remove screenshot.png' }).waitFor()
  await page.keyboard.press('Control+Enter')

  const reply = ada.page.getByRole('article', { name: 'Comment by Sam Sales' })
  await reply.getByText('Look at this:').waitFor()
  await reply.getByRole('button', { name: /^screenshot\.png/ }).click()
  const lightbox = ada.page.getByRole('dialog', { name: 'screenshot.png' })
  await loaded(lightbox.getByRole('img', { name: 'screenshot.png' }))
  await ada.page.keyboard.press('Escape')
  await lightbox.waitFor({ state: 'detached' })
  await ada.page.getByRole('heading', { name: 'The screen is green' }).waitFor()
})

test('the keys that send a text also send a picked file', async () => {
  const { page } = await desk.person('Kay Keys', 'admin')
  await openTicket(page, ticket.number)
  await pick(page, 'manual.txt')
  await page.getByRole('button', { name: 'Remove manual.txt' }).waitFor()
  await page.keyboard.type('As promised.')
  await page.keyboard.press('Control+Enter')
  const reply = page.locator('li[data-seq]').filter({ hasText: 'As promised.' })
  await reply.getByText('manual.txt').waitFor()

  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('The screen is blue')
  await pick(page, 'photo.txt')
  await page.getByRole('button', { name: 'Remove photo.txt' }).waitFor()
  await page.context().setOffline(true)
  await page
    .getByText(/^Offline since/)
    .first()
    .waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('Not created yet').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('heading', { name: 'The screen is blue' }).waitFor()
  await page.getByText('photo.txt').first().waitFor()
})

test('a picture that takes too much memory is a file, before and after it is sent', async () => {
  const { page } = await desk.person('Lin Large', 'sales')
  const buffer = Buffer.from(largePng, 'base64')
  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('The plan of the building')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files', exact: true }).click()
  await (await chooser).setFiles({ name: 'plan.png', mimeType: 'image/png', buffer })
  await page.getByText('too large for a preview').waitFor()
  expect(await page.locator('main img').count()).toBe(0)
  await page.getByRole('button', { name: 'Create ticket' }).click()
  await page.getByRole('heading', { name: 'The plan of the building' }).waitFor()
  await page
    .getByRole('link', { name: /^plan\.png.* bytes, no preview/ })
    .first()
    .waitFor()
  await paste(page.getByRole('textbox', { name: 'Reply' }), await largePicture(page, 'wing.png'))
  await toSend(page).getByText('no preview').waitFor()
  expect(await page.locator('main img').count()).toBe(0)
})

test('a screenshot can be sent without text, until it is removed', async () => {
  const { page } = sam
  await paste(page.getByRole('textbox', { name: 'Reply' }), await picture(page, 'silent.png'))
  await page.getByRole('button', { name: 'Remove silent.png' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Remove silent.png' }).waitFor()
  await page.getByRole('button', { name: 'Send reply', exact: true }).click()
  const reply = ada.page
    .getByRole('article', { name: 'Comment by Sam Sales' })
    .filter({ hasText: 'silent.png' })
  await loaded(reply.locator('img[src*="/api/attachments/"]'))

  await reply.getByRole('button', { name: 'Remove silent.png' }).click()
  const sure = ada.page.getByRole('dialog', { name: 'Remove this file?' })
  await sure.getByText('and with it the comment').waitFor()
  await sure.getByRole('button', { name: 'Remove it' }).click()
  await page.getByText('A comment by Sam Sales was removed').waitFor()
})

test('a dropped file shows its progress, and its upload can be stopped', async () => {
  const { page } = sam
  const uploads = await hold(page, isUpload)
  const article = page.getByRole('article').first()
  const file = await textFile(page, 'log.txt', 2000)
  await article.dispatchEvent('dragenter', { dataTransfer: file })
  await article.dispatchEvent('dragover', { dataTransfer: file })
  await page.getByText('Drop to attach to the reply').waitFor()
  await article.dispatchEvent('drop', { dataTransfer: file })
  await page.getByRole('progressbar', { name: 'Uploading log.txt' }).waitFor()
  expect(await page.getByText('Drop to attach to the reply').count()).toBe(0)
  await uploads.release()
  await page.getByRole('button', { name: 'Remove log.txt' }).click()
  await page.getByRole('button', { name: 'Remove log.txt' }).waitFor({ state: 'detached' })
})

test('an upload that stands still for a minute is given up, and can be tried again', async () => {
  const page = await sam.context.newPage()
  await page.clock.install()
  await openTicket(page, ticket.number)
  const uploads = await hold(page, isUpload)
  await pick(page, 'slow.txt')
  await page.getByText('0 % of 6 bytes').waitFor()
  await page.clock.fastForward('01:00')
  await page.getByRole('alert').getByText('Not attached: Deskbell cannot be reached').waitFor()
  await uploads.release()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Remove slow.txt', exact: true }).click()
  await page.close()
})

test('an upload whose answer is lost is one file, however often it is tried', async () => {
  const { id, context } = await desk.person('Lea Lost', 'admin')
  const page = await context.newPage()
  await page.clock.install()
  await openTicket(page, ticket.number)
  const endCut = await cutAnswers(page, '*/attachments')
  await pick(page, 'unheard.txt')
  const again = page.getByRole('button', { name: 'Try again' })
  const passTime = async () => {
    await page.clock.fastForward(5000)
    return again.count()
  }
  await expect.poll(passTime, { timeout: 30_000 }).toBe(1)
  await endCut()
  await again.click()
  await page.getByRole('button', { name: 'Remove unheard.txt', exact: true }).waitFor()
  const { people } = await desk.founder.call('storage')
  expect(people.find(({ person }) => person.id === id)?.count).toBe(1)
  await page.close()
})

test('a file that is too large is refused before a byte of it is sent', async () => {
  const { page } = sam
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  const article = page.getByRole('article').first()
  const file = await textFile(page, 'film.mp4', 3 * 1024 * 1024)
  await article.dispatchEvent('drop', { dataTransfer: file })
  await page
    .getByRole('alert')
    .getByText(/Not attached: This file has 3 MB\. The largest that can be sent is 2 MB\./)
    .waitFor()
  await page.getByRole('button', { name: 'Remove film.mp4 from the list' }).click()
  expect(requests.filter((url) => url.endsWith('/attachments'))).toEqual([])
})

test('a folder, a changed file and a deleted one are named at once, in a reply and in a new ticket', async () => {
  const { page } = await desk.person('Dora Drop', 'admin')
  const folder = await mkdtemp(path.join(tmpdir(), 'deskbell-files-'))
  const at = (name: string) => path.join(folder, name)
  const names = ['first.txt', 'changed.txt', 'deleted.txt']
  await mkdir(at('Scans'))
  await Promise.all(names.map((name) => writeFile(at(name), 'Words.')))
  const alert = (name: string) =>
    page.getByRole('listitem').filter({ hasText: name }).getByRole('alert')

  await openTicket(page, ticket.number)
  await dropFromDisk(page.getByRole('article').first(), [at('Scans'), at('first.txt')])
  await alert('Scans').getByText('Not attached: This is a folder.').waitFor()
  await page.getByRole('button', { name: 'Remove first.txt' }).click()
  await page.getByText('“Scans” is not attached. Remove it, then send.').waitFor()
  await page.getByRole('button', { name: 'Remove Scans from the list' }).click()

  const uploads = await hold(page, isUpload)
  await choose(page, names.map(at))
  await page.getByText('Waits for its turn').first().waitFor()
  await appendFile(at('changed.txt'), 'More.')
  await rm(at('deleted.txt'))
  await uploads.release()
  await alert('changed.txt').getByText('Not attached: It cannot be read.').waitFor()
  await alert('deleted.txt').getByText('Not attached: It cannot be read.').waitFor()
  await page.getByRole('button', { name: 'Remove first.txt' }).waitFor()
  await choose(page, [at('changed.txt')])
  await page.getByRole('button', { name: 'Remove changed.txt', exact: true }).waitFor()

  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('The scanner stopped')
  await dropFromDisk(page.getByRole('textbox', { name: 'Description' }), [at('Scans')])
  await alert('Scans').getByText('Not attached: This is a folder.').waitFor()
  await page.getByRole('button', { name: 'Remove Scans from the list' }).click()
  await choose(page, [at('changed.txt')])
  await page.getByRole('button', { name: 'Remove changed.txt' }).waitFor()
  await appendFile(at('changed.txt'), 'And more.')
  await page.getByRole('button', { name: 'Create ticket' }).click()
  await alert('changed.txt').getByText('Not attached: It cannot be read.').waitFor()
  await page
    .getByText('“changed.txt” is not attached. Remove it, then create the ticket.')
    .waitFor()
  await choose(page, [at('changed.txt')])
  await page.getByRole('button', { name: 'Create ticket' }).click()
  await page.getByRole('heading', { name: 'The scanner stopped' }).waitFor()
  await page.getByText('Dora Drop attached changed.txt').waitFor()
})

test('what another window makes of a reply that waits for its upload is not sent', async () => {
  const writer = await desk.person('Tess Twowindows', 'admin')
  const { page } = writer
  await openTicket(page, ticket.number)
  const uploads = await hold(page, isUpload)
  await page.getByRole('textbox', { name: 'Reply' }).fill('For everyone')
  await pick(page, 'for-all.txt')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Waiting for for-all.txt').waitFor()
  await page.getByRole('button', { name: 'Back to the list' }).click()

  const other = await writer.context.newPage()
  await openTicket(other, ticket.number)
  await other.getByRole('button', { name: 'Internal note' }).click()
  await other.getByRole('textbox', { name: 'Internal note' }).fill('For staff alone')
  await uploads.release()
  await toast(page, `What you wrote on #${ticket.number} was not sent, but kept`).waitFor()
  await other.reload()
  const note = other.getByRole('textbox', { name: 'Internal note' })
  await expect.poll(() => note.inputValue()).toBe('For staff alone')
  const { timeline } = await ada.call('ticket', { params: { ref: ticket.number } })
  expect(JSON.stringify(timeline)).not.toMatch(/For everyone|For staff alone/)
})

test('a reply that is sent during an upload goes once the upload is done, unless its writer goes on or it fails', async () => {
  const { page } = await desk.person('Wes Waits', 'admin')
  await openTicket(page, ticket.number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  const send = page.getByRole('button', { name: 'Send reply', exact: true })
  const uploads = await hold(page, isUpload)
  await field.fill('See the scan')
  await pick(page, 'scan.txt')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Waiting for scan.txt').waitFor()
  await field.pressSequentially('.')
  await page.getByText('Waiting for scan.txt').waitFor({ state: 'detached' })
  await send.click()
  await page.getByText('Waiting for scan.txt').waitFor()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await field.waitFor({ state: 'detached' })
  await uploads.release()
  const reply = ada.page.locator('li[data-seq]').filter({ hasText: 'See the scan.' })
  await reply.getByText('scan.txt').waitFor()

  await openTicket(page, ticket.number)
  expect(await field.inputValue()).toBe('')
  const others = await hold(page, isUpload)
  await field.fill('Both plans.')
  await pick(page, 'one.txt', 1_600_000)
  await pick(page, 'two.txt', 1_600_000)
  await page.keyboard.press('Control+Enter')
  await page.getByText('Waiting for one.txt and 1 more').waitFor()
  await others.release()
  await page.getByText('“two.txt” is not attached. Try again or remove it, then send.').waitFor()
  await page.getByRole('alert').getByText('Your files take all the room').waitFor()
  expect(await field.inputValue()).toBe('Both plans.')
  const removed = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Remove one.txt' }).click()
  await removed
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Remove two.txt', exact: true }).waitFor()
  await send.click()
  await page
    .locator('li[data-seq]')
    .filter({ hasText: 'Both plans.' })
    .getByText('two.txt')
    .waitFor()

  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('One plan too many')
  await pick(page, 'three.txt', 1_600_000)
  await page.getByRole('button', { name: 'Create ticket' }).click()
  await page.getByRole('heading', { name: 'One plan too many' }).waitFor()
  const left = page.getByRole('list', { name: 'Files to attach' })
  await left.getByRole('alert').getByText('Your files take all the room').waitFor()
  await left.getByRole('button', { name: 'Try again' }).waitFor()
  await page.getByRole('button', { name: 'Remove three.txt from the list' }).click()
})

test('a file on the ticket itself, for staff only, is removed for everyone again', async () => {
  const files = ada.page.getByRole('complementary', { name: 'Details' })
  await ada.page.getByRole('button', { name: 'Attach files to the ticket' }).click()
  const chooser = ada.page.waitForEvent('filechooser')
  await ada.page.getByRole('menuitem', { name: 'Attach for staff only' }).click()
  const file = { name: 'invoice.txt', mimeType: 'text/plain', buffer: Buffer.from('42 euros') }
  await (await chooser).setFiles(file)
  const link = files.getByRole('link', { name: /invoice\.txt/ })
  await link.waitFor()
  await openTicket(desk.founder.page, ticket.number)
  const theirs = desk.founder.page.getByRole('link', { name: /invoice\.txt/ }).first()
  await theirs.waitFor()
  const download = ada.page.waitForEvent('download')
  await link.click()
  expect((await download).suggestedFilename()).toBe('invoice.txt')

  await files.getByRole('button', { name: 'Remove invoice.txt' }).click()
  const sure = ada.page.getByRole('dialog', { name: 'Remove this file?' })
  await sure.getByRole('button', { name: 'Remove it' }).click()
  await theirs.waitFor({ state: 'detached' })
  await link.waitFor({ state: 'detached' })
  expect(await sam.page.getByText('invoice.txt').count()).toBe(0)
})

test('a file whose content the server lost says so where it is shown, opened, and waits to be sent', async () => {
  const { number } = await raise(sam, 'Restored without its files')
  const { page } = sam
  await openTicket(page, number)
  const field = page.getByRole('textbox', { name: 'Reply' })
  await paste(field, await picture(page, 'lost.png'))
  await page.getByRole('button', { name: 'Remove lost.png' }).waitFor()
  await pick(page, 'lost.txt')
  await page.getByRole('button', { name: 'Remove lost.txt' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.locator('li[data-seq]').getByText('lost.txt').waitFor()
  await pick(page, 'unsent.txt')
  await page.getByRole('button', { name: 'Remove unsent.txt' }).waitFor()
  const files = path.join(desk.dataDir, 'files')
  await rm(files, { recursive: true })
  await mkdir(files)

  // What the server has of the draft comes later, and names the file again.
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith('deskbell.draftBase.')) localStorage.removeItem(key)
  })
  const drafts = await hold(page, (request) => request.url().includes('/api/me/drafts'))
  await page.reload()
  await page.getByText('The server does not have “unsent.txt” any more').waitFor()
  await toSend(page).waitFor({ state: 'detached' })
  const arrived = page.waitForResponse((response) => response.url().includes('/api/me/drafts'))
  await drafts.release()
  await arrived
  await openTicket(ada.page, number)
  await toSend(page).waitFor({ state: 'detached' })
  const reply = ada.page.locator('li[data-seq]').filter({ hasText: 'lost.png' })
  await reply.getByRole('button', { name: /^lost\.png\s*Gone from the server/ }).click()
  const lightbox = ada.page.getByRole('dialog', { name: 'lost.png' })
  await lightbox.getByText('This file is gone').waitFor()
  await lightbox.getByText('Please ask Sam Sales to attach it again.').waitFor()
  await ada.page.keyboard.press('Escape')
  await lightbox.waitFor({ state: 'detached' })
  await reply.getByRole('link', { name: /lost\.txt/ }).click()
  await toast(ada.page, '“lost.txt” is gone').waitFor()
  await reply.getByRole('link', { name: /lost\.txt\s*Gone from the server/ }).waitFor()
})

/** Chooses a text file in the browser's own dialog. */
function pick(page: Page, name: string, bytes = 6): Promise<void> {
  return choose(page, { name, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'a') })
}

async function choose(page: Page, files: Parameters<FileChooser['setFiles']>[0]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files', exact: true }).click(),
  ])
  await chooser.setFiles(files)
}

/** Drops files and folders of this computer on an element, as a file manager does. */
async function dropFromDisk(target: Locator, files: string[]): Promise<void> {
  const page = target.page()
  const { x, y, width, height } = (await target.boundingBox()) ?? {
    x: 0,
    y: 0,
    width: 0,
    height: 0,
  }
  const at = { x: x + width / 2, y: y + height / 2 }
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as a mouse does
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await session.detach()
}

/** Lets requests reach the server, and cuts the connection instead of bringing its answers. Returns the end of it. */
async function cutAnswers(page: Page, urlPattern: string): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  session.on('Fetch.requestPaused', ({ requestId }) => {
    void session.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionClosed' })
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern, requestStage: 'Response' }] })
  return () => session.detach()
}

function isUpload(request: Request): boolean {
  return request.url().endsWith('/attachments')
}

function toSend(page: Page): Locator {
  return page.getByRole('list', { name: 'Files to send' })
}

async function paste(field: Locator, data: JSHandle<DataTransfer>): Promise<void> {
  await field.evaluate((element, clipboardData) => {
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, data)
}

/** The content of the clipboard after a screenshot. */
function picture(page: Page, name: string): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(async (fileName) => {
    const canvas = new OffscreenCanvas(640, 400)
    const context = canvas.getContext('2d')
    if (context !== null) {
      context.fillStyle = 'green'
      context.fillRect(0, 0, 640, 400)
    }
    const data = new DataTransfer()
    data.items.add(new File([await canvas.convertToBlob()], fileName, { type: 'image/png' }))
    return data
  }, name)
}

/** The beginning of a PNG of 15,000 × 15,000 pixels. */
const largePng =
  'iVBORw0KGgoAAAANSUhEUgAAOpgAADqYCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

function largePicture(page: Page, name: string): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(
    ([content, fileName]) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], fileName, { type: 'image/png' }))
      return data
    },
    [largePng, name] as const,
  )
}

function textFile(page: Page, name: string, bytes: number): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(
    ([fileName, size]) => {
      const data = new DataTransfer()
      data.items.add(new File([new Uint8Array(size).fill(65)], fileName, { type: 'text/plain' }))
      return data
    },
    [name, bytes] as const,
  )
}

async function loaded(image: Locator): Promise<void> {
  await image.waitFor()
  await expect
    .poll(() =>
      image.evaluate((element) => element instanceof HTMLImageElement && element.naturalWidth),
    )
    .toBe(640)
}
