/**
 * Takes a picture of every page, from wide to narrow, light and dark, into screenshots/, and of a few pages, smaller,
 * into docs/screenshots/. With a word as argument: only of pages whose names begin with it.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext, Page } from 'playwright-core'
import { buildWeb } from '../server/src/web-build.ts'
import { browserArguments } from './browser-arguments.ts'
import { ensureChromium } from './ensure-chromium.ts'
import { freePort, startServer, stopServer } from './server-process.ts'

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]
const schemes = ['light', 'dark'] as const
type Size = (typeof sizes)[number]
type Scheme = (typeof schemes)[number]

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'screenshots')
const docs = path.join(root, 'docs/screenshots')
const only = process.argv[2]

interface Account {
  role: string
  email: string
  password: string
}

await rm(target, { recursive: true, force: true })
await mkdir(target, { recursive: true })
await mkdir(docs, { recursive: true })
await buildWeb()
const browser = await chromium.launch({ executablePath: ensureChromium(), args: browserArguments })
try {
  await withServer([], takeEmpty)
  await withServer(['--demo'], takeDemo)
} finally {
  await browser.close()
}

async function withServer(
  options: readonly string[],
  take: (url: string, said: readonly string[]) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'deskbell-screenshots-'))
  const port = await freePort()
  const server = await startServer(dataDir, port, options)
  try {
    await take(`http://localhost:${port}`, server.said)
  } finally {
    await stopServer(server)
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function takeEmpty(url: string, said: readonly string[]): Promise<void> {
  const page = await (await newContext(url)).newPage()
  await page.goto(/http\S+\/setup\?token=\S+/.exec(said.join('\n'))?.[0] ?? url)
  await page.getByLabel('Your name').fill('Ingrid Solheim')
  await page.getByLabel('E-mail address').fill('ingrid@desk.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await shoot(page, 'set-up')
  await page.getByRole('button', { name: 'Set up Deskbell' }).click()
  await page.getByRole('heading', { name: 'Your help desk is ready' }).waitFor()
  await shoot(page, 'list-empty')
  await go(page, '/?view=assigned', 'Nothing is assigned to you')
  await shoot(page, 'list-empty-assigned')
  await go(page, '/people', 'People')
  await shoot(page, 'people-alone')
}

async function takeDemo(url: string, said: readonly string[]): Promise<void> {
  const accounts = said.flatMap(accountOf)
  const staff = await signIn(
    url,
    accounts.find(({ role }) => role === 'Super admin'),
  )
  const requester = await signIn(
    url,
    accounts.find(({ role }) => role === 'Requester'),
  )
  const busiest = await busiestTicket(staff)
  const colleague = await signIn(
    url,
    accounts.find(({ role }) => role === 'Admin'),
  )
  await takeTogether(staff, colleague, requester)
  await colleague.context().close()

  await staff.locator('li[data-number]').first().waitFor()
  await shoot(staff, 'list')
  await publish(staff, 'list', desktop, 'light')
  await staff.getByRole('checkbox').nth(1).check()
  await staff.getByRole('checkbox').nth(2).check()
  await shoot(staff, 'list-selecting')
  await staff.goto('/?q=printer')
  await staff.locator('mark').first().waitFor()
  await shoot(staff, 'search')
  await go(staff, '/?q=zebra', 'Nothing matches')
  await shoot(staff, 'search-without-result')
  await openTicket(staff, busiest)
  await shoot(staff, 'ticket')
  await publish(staff, 'ticket', desktop, 'light')
  await publish(staff, 'ticket-dark', desktop, 'dark')
  await publish(staff, 'ticket-phone', phone, 'light')
  // The key `n` belongs to the composer.
  await staff.getByRole('textbox', { name: 'Reply' }).waitFor()
  await staff.keyboard.press('n')
  await staff.keyboard.type('Asked the supplier; they call back **tomorrow**.')
  await shoot(staff, 'ticket-note')
  await staff.getByRole('textbox', { name: 'Internal note' }).fill('')
  await staff.keyboard.press('Escape')
  await staff.keyboard.press('a')
  await staff.getByRole('option').nth(1).waitFor()
  await shoot(staff, 'ticket-assign')
  await staff.keyboard.press('Escape')
  await openTicket(staff, await extremeTicket(staff))
  await shoot(staff, 'ticket-extreme')
  await staff.goto('/?view=unassigned')
  await staff.locator('li[data-number]').first().waitFor()
  await shoot(staff, 'list-extreme')
  await staff.keyboard.press('Control+k')
  await staff.getByRole('combobox').fill('laptop')
  await staff.getByRole('option').nth(3).waitFor()
  await shoot(staff, 'palette')
  await staff.keyboard.press('Escape')
  await staff.getByRole('dialog').waitFor({ state: 'detached' })
  await staff.keyboard.press('?')
  await staff.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await shoot(staff, 'shortcuts')
  await go(staff, '/new', 'New ticket')
  await shoot(staff, 'new-ticket')
  await go(staff, '/people', 'People')
  await staff.getByRole('listitem').nth(8).waitFor()
  await shoot(staff, 'people')
  await staff.getByRole('button', { name: 'Invite', exact: true }).click()
  await staff.getByRole('dialog').waitFor()
  await shoot(staff, 'people-invite')
  await go(staff, '/settings', 'Settings')
  await shoot(staff, 'settings')
  await recordALot(staff)
  await go(staff, '/settings/audit', 'Audit')
  await staff.getByText('The text before').first().click()
  await shoot(staff, 'audit')
  await go(staff, '/settings/audit?kind=attachment.removed', 'Audit')
  await staff.getByText('Nothing was recorded').waitFor()
  await shoot(staff, 'audit-empty')
  await go(staff, '/nowhere', 'There is no such page')
  await shoot(staff, 'not-found')
  await openTicket(staff, '99999')
  await shoot(staff, 'ticket-missing')

  await requester.locator('li[data-number]').first().waitFor()
  await shoot(requester, 'requester-list')
  await requester.locator('li[data-number]').first().getByRole('link').click()
  await requester.getByRole('textbox', { name: 'Reply' }).waitFor()
  await shoot(requester, 'requester-ticket')

  const stranger = await (await newContext(url)).newPage()
  await go(stranger, '/sign-in', 'Sign in')
  await shoot(stranger, 'sign-in')
  const link = await call(staff, 'POST', '/api/people', {
    name: 'Nora Lindqvist',
    email: 'nora@brightwater.example',
    role: 'admin',
  })
  await go(stranger, JSON.parse(link).invitation.url, 'Welcome, Nora Lindqvist')
  await shoot(stranger, 'invitation')
}

/** What colleagues see of each other, and what waits. */
async function takeTogether(staff: Page, colleague: Page, requester: Page): Promise<void> {
  const raised = await call(requester, 'POST', '/api/tickets', {
    title: 'The scanner on the second floor sends nothing',
    description: 'It says *sent*, and nothing arrives. It worked this morning.',
  })
  const { id, number }: { id: string; number: number } = JSON.parse(raised).ticket
  const comments = `/api/tickets/${id}/comments`
  await staff.goto('/?view=unseenByStaff')
  await staff.locator(`li[data-number="${number}"]`).waitFor()
  await shoot(staff, 'list-nobody-has-looked')
  await publish(staff, 'nobody-has-looked', desktop, 'light')

  await openTicket(staff, String(number))
  await call(staff, 'POST', comments, { body: 'Which address do you send to?' })
  await openTicket(requester, String(number))
  await openTicket(colleague, String(number))
  await staff
    .getByText(/^Seen by/)
    .first()
    .waitFor()
  await colleague.getByRole('textbox', { name: 'Reply' }).pressSequentially('I look at its log')
  await staff
    .getByText(/is writing/)
    .first()
    .waitFor()
  await publish(staff, 'together', desktop, 'light')
  await shoot(staff, 'ticket-together')

  await staff.evaluate(() => {
    const [key = ''] = Object.keys(localStorage).filter((name) => name.startsWith('deskbell-here'))
    localStorage.setItem(key, JSON.stringify({ at: Date.now() - 3600_000 }))
  })
  await call(requester, 'POST', comments, { body: 'To *scans@brightwater.example*, as always.' })
  await staff.goto('/')
  await staff.getByRole('region', { name: 'While you were away' }).waitFor()
  await shoot(staff, 'away')
  await publish(staff, 'away', desktop, 'light')
  await staff.getByRole('button', { name: 'Close what happened while you were away' }).click()

  await openTicket(staff, String(number))
  await staff.getByRole('textbox', { name: 'Reply' }).waitFor()
  await staff.context().setOffline(true)
  await staff.getByText('Offline').first().waitFor()
  await staff
    .getByRole('textbox', { name: 'Reply' })
    .fill('The address was blocked. Please try again.')
  await staff.keyboard.press('Control+Enter')
  await staff.getByRole('button', { name: '1 waiting' }).click()
  await staff.getByRole('dialog').waitFor()
  // The dialog belongs to the rail, which narrow pages do not have: it is taken in one width.
  await publish(staff, 'outbox', desktop, 'light')
  await staff.context().setOffline(false)
  await staff.getByText('Everything is sent.').waitFor()
  await staff.keyboard.press('Escape')
  await staff.goto('/')
}

function newContext(baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL, viewport: desktop, reducedMotion: 'reduce' })
}

function accountOf(line: string): Account[] {
  const parts = /^ {2}(Super admin|Admin|Requester) +\S.*? (\S+@\S+) +(\S.*)$/.exec(line)
  const [, role = '', email = '', password = ''] = parts ?? []
  return parts === null ? [] : [{ role, email, password }]
}

async function signIn(url: string, account: Account | undefined): Promise<Page> {
  if (account === undefined) throw new Error('The demo printed no such account.')
  const page = await (await newContext(url)).newPage()
  await page.goto('/')
  await page.getByLabel('E-mail address').fill(account.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Live', { exact: true }).first().waitFor()
  return page
}

/** The number of the ticket with the most comments and files. */
async function busiestTicket(page: Page): Promise<string> {
  const reply = await call(page, 'GET', '/api/tickets?status=in_progress,waiting&limit=100')
  const { items }: { items: { number: number; commentCount: number; attachmentCount: number }[] } =
    JSON.parse(reply)
  const weight = (one: (typeof items)[number]) => 2 * one.commentCount + one.attachmentCount
  return String(items.toSorted((a, b) => weight(b) - weight(a))[0]?.number)
}

/** Fills the audit log: a correction, a removal, a change of role, and a name of the greatest length. */
async function recordALot(page: Page): Promise<void> {
  const { people }: { people: { id: string; role: string; name: string }[] } = JSON.parse(
    await call(page, 'GET', '/api/people'),
  )
  const sales = people.find(({ role }) => role === 'sales')
  const { items }: { items: { id: string; commentCount: number }[] } = JSON.parse(
    await call(page, 'GET', '/api/tickets?limit=100'),
  )
  const { me }: { me: { id: string; name: string } } = JSON.parse(
    await call(page, 'GET', '/api/me'),
  )
  let others: string[] = []
  for (const { id } of items.filter(({ commentCount }) => commentCount > 2)) {
    const { timeline }: Recorded = JSON.parse(await call(page, 'GET', `/api/tickets/${id}`))
    others = timeline.flatMap(({ comment }) =>
      comment === undefined || comment.author.id === me.id ? [] : [comment.id],
    )
    if (others.length > 1) break
  }
  const [first, second] = others
  await call(page, 'PATCH', `/api/comments/${first}`, { body: 'Without the words that were here.' })
  await call(page, 'DELETE', `/api/comments/${second}`)
  await call(page, 'PATCH', `/api/people/${sales?.id}`, { role: 'admin' })
  await call(page, 'PATCH', '/api/me', {
    name: 'Donaudampfschifffahrtselektrizitätenhaup'.repeat(2),
  })
  await call(page, 'PATCH', '/api/me', { name: me.name })
}

interface Recorded {
  timeline: { comment?: { id: string; author: { id: string } } }[]
}

/** A ticket with texts that hardly anybody types, though somebody will. */
async function extremeTicket(page: Page): Promise<string> {
  const word = 'Donaudampfschifffahrtselektrizitätenhaup'
  const title = `${word} is what this title has in it, beside everything else that somebody wanted to say at once, since nobody reads descriptions: the door, the lamp, the lift, the fridge, the lock, the smell and all`
  const reply = await call(page, 'POST', '/api/tickets', {
    title: title.slice(0, 200),
    description: `${word.repeat(6)}\n\n| a | table | of | many | columns | that | is | wide |\n|-|-|-|-|-|-|-|-|\n| ${word} | ${word} | ${word} | b | c | d | e | f |\n\n\`\`\`\n${'code that goes on '.repeat(12)}\n\`\`\``,
    priority: 'urgent',
  })
  const { ticket } = JSON.parse(reply)
  for (const body of ['Short.', word.repeat(9), 'A sentence. '.repeat(200)]) {
    await call(page, 'POST', `/api/tickets/${ticket.id}/comments`, { body })
  }
  return String(ticket.number)
}

async function call(page: Page, method: string, address: string, data?: object): Promise<string> {
  const response = await page.request.fetch(address, {
    method,
    headers: { 'idempotency-key': crypto.randomUUID() },
    ...(data === undefined ? {} : { data }),
  })
  if (!response.ok()) throw new Error(`${method} ${address}: ${await response.text()}`)
  return response.text()
}

async function go(page: Page, address: string, heading: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { name: heading }).first().waitFor()
}

async function openTicket(page: Page, number: string): Promise<void> {
  await page.goto(`/tickets/${number}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

async function shoot(page: Page, name: string): Promise<void> {
  if (only !== undefined && !name.startsWith(only)) return
  for (const size of sizes) {
    for (const scheme of schemes) {
      await picture(page, path.join(target, `${name}-${size.width}-${scheme}.png`), size, scheme)
    }
  }
  await page.setViewportSize(desktop)
}

async function publish(page: Page, name: string, size: Size, scheme: Scheme): Promise<void> {
  if (only !== undefined) return
  await picture(page, path.join(docs, `${name}.png`), size, scheme)
  await page.setViewportSize(desktop)
}

async function picture(page: Page, file: string, size: Size, scheme: Scheme): Promise<void> {
  await page.setViewportSize(size)
  await page.emulateMedia({ colorScheme: scheme })
  // Two frames: the page notices the new size in the first and shows it in the second.
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))
  })
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
}
