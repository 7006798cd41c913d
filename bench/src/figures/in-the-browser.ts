import type { Page } from 'playwright-core'
import { openBrowser } from '../browser.ts'
import type { BrowserWindow, PageCpu } from '../browser.ts'
import { client } from '../client.ts'
import type { Client } from '../client.ts'
import { startDesk } from '../desk.ts'
import type { Crew } from '../fill.ts'
import { layoutShifts, widths } from '../layout-shift.ts'
import { quantile } from '../quantile.ts'
import type { Line } from '../table.ts'
import { writeComments } from '../write-comments.ts'

/** Of this many samples the median counts. */
const times = 5
const short = 3
const middle = 50
const long = 1_000
const typed = 'thanks, we look at it at once'
const presses = 10
/** How long a key is down, in ms: a quick typist's pace, and time for a frame. */
const keyMs = 50

interface Story {
  id: string
  number: number
}

/** Tickets by the number of their comments; as many of each as are opened for the first time. */
type Stories = ReadonlyMap<number, readonly Story[]>

/** CPU time of the page's main thread while one person works, and how far pages move while they load. */
export async function inTheBrowser(dataDir: string, { cookies }: Crew): Promise<Line[]> {
  const [cookie = '', colleague = ''] = cookies
  const stories = await writeStories(dataDir, colleague)
  const desk = await startDesk(dataDir)
  const web = client(desk.url, colleague)
  const browser = await openBrowser(desk.url, cookie)
  try {
    const lists = await listLines(browser)
    const opening = await openingLines(browser, stories)
    const tickets = await ticketLines(browser, web, stories)
    const shifts = await shiftLines(desk.url, cookie, stories)
    return [...tickets, ...opening, ...lists, ...shifts]
  } finally {
    await browser.close()
    web.close()
    await desk.stop()
  }
}

/** A typed character and an event, in a short ticket and in a long one of which every comment is loaded. */
async function ticketLines(browser: BrowserWindow, web: Client, stories: Stories): Promise<Line[]> {
  const inShort = await ticketCosts(browser, web, stories.get(short)?.[0])
  const inLong = await ticketCosts(browser, web, stories.get(long)?.[0])
  return [
    ...pair('CPU per typed character', inShort.typed, inLong.typed, '≤ 8 ms of script, × 1.3'),
    ...pair('CPU per comment that arrives', inShort.comment, inLong.comment, '≤ 10 ms'),
    ...pair('CPU per status that arrives', inShort.status, inLong.status, '≤ 10 ms'),
  ]
}

async function ticketCosts({ page, costOf }: BrowserWindow, web: Client, story: Story | undefined) {
  const { id = '', number = 0 } = story ?? {}
  await visit(page, `/tickets/${number}`)
  await loadAll(page)
  const path = `/api/tickets/${id}`
  const statuses = ['in_progress', 'open']
  const comment = await median(() =>
    costOf(() => web.call('POST', `${path}/comments`, { body: 'And **one** more.' })),
  )
  const status = await median((index) =>
    costOf(() => web.call('PUT', `${path}/status`, { status: statuses[index % 2] })),
  )
  await page.getByRole('textbox', { name: 'Reply' }).focus()
  const text = await median(() => costOf(() => page.keyboard.type(typed, { delay: keyMs })))
  return { typed: divided(text, typed.length), comment, status }
}

/** Tickets that are opened for the first time, from a list. */
async function openingLines(browser: BrowserWindow, stories: Stories): Promise<Line[]> {
  const ofShort = await openingCost(browser, stories.get(short))
  const ofMiddle = await openingCost(browser, stories.get(middle))
  const ofLong = await openingCost(browser, stories.get(long))
  const [first, last] = pair('CPU to open a ticket', ofShort, ofLong, '≤ 300 ms')
  return [
    first,
    line(`  the same, ${middle} comments`, compared(ofMiddle, ofShort), '≤ 300 ms'),
    last,
  ]
}

async function openingCost({ page, costOf }: BrowserWindow, stories: readonly Story[] = []) {
  await visit(page, '/?view=all&sort=-created')
  const history = page.getByRole('region', { name: 'History' })
  return median(async (index) => {
    const row = page.locator(`li[data-number="${stories[index]?.number}"]`)
    await row.hover()
    // At the pointer: a locator would search the page meanwhile, at the cost of its thread.
    const cost = await costOf(async () => {
      await page.mouse.down()
      await page.mouse.up()
    })
    await history.waitFor()
    await page.keyboard.press('Escape')
    await history.waitFor({ state: 'detached' })
    return cost
  })
}

async function listLines({ page, costOf }: BrowserWindow): Promise<Line[]> {
  await visit(page, '/?view=open')
  const next = await median(() =>
    costOf(async () => {
      for (let press = 0; press < presses; press += 1)
        await page.keyboard.press('j', { delay: keyMs })
    }),
  )
  const views = ['u', 'o']
  const view = await median((index) =>
    costOf(async () => {
      await page.keyboard.press('g')
      await page.keyboard.press(views[index % 2] ?? '')
    }),
  )
  const dialog = page.getByRole('dialog', { name: 'Search or jump to' })
  const palette = await median(async () => {
    const cost = await costOf(() => page.keyboard.press('Control+k'))
    await dialog.waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    return cost
  })
  return [
    line('CPU per J in a list', words(divided(next, presses)), '≤ 16 ms'),
    line('CPU per change of the view', words(view), '≤ 100 ms'),
    line('CPU to open ⌘K', words(palette), '≤ 60 ms'),
  ]
}

async function shiftLines(url: string, cookie: string, stories: Stories): Promise<Line[]> {
  const ticket = `/tickets/${stories.get(long)?.[0]?.number}`
  const shifts = await layoutShifts(url, cookie, ['/?view=open', ticket, '/new'])
  return ['a list', 'a ticket', 'New ticket'].map((name, index) =>
    line(
      `layout shift of ${name} at ${widths.join(', ')} px`,
      (shifts[index] ?? []).map((shift) => shift.toFixed(3)).join(', '),
      '≤ 0.02',
    ),
  )
}

async function writeStories(dataDir: string, cookie: string): Promise<Stories> {
  const desk = await startDesk(dataDir)
  const web = client(desk.url, cookie)
  const stories = new Map<number, Story[]>()
  try {
    for (const count of [short, middle, long]) {
      const tickets: Story[] = []
      while (tickets.length < times) {
        const title = `A story of ${count}, ${tickets.length + 1}`
        const { ticket } = await web.call<{ ticket: Story }>('POST', '/api/tickets', {
          title,
          description: 'It began **on Monday**.',
        })
        const body = `'${title}: ' || n || $text$${text}$text$`
        await writeComments(desk.databaseUrl(), { ticketId: ticket.id, count, body })
        tickets.push(ticket)
      }
      stories.set(count, tickets)
    }
    return stories
  } finally {
    web.close()
    await desk.stop()
  }
}

const text = `. The printer on the second floor prints *nothing*, and its display shows \`E-42\`.

- turned it off and on
- changed the paper, see [the manual](https://example.com/manual)
- asked the people next door

What else can we try? It has been like this **since Monday**.`

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByText('Live', { exact: true }).first().waitFor()
}

/** Loads the whole history of the open ticket, page by page, as its reader would. */
async function loadAll(page: Page): Promise<void> {
  await page.getByRole('region', { name: 'History' }).waitFor()
  await page.waitForFunction(
    () => {
      const gaps = [...document.querySelectorAll('[data-anchor^="gap-"]')]
      for (const gap of gaps) gap.querySelector<HTMLElement>('p + button')?.click()
      return gaps.length === 0
    },
    undefined,
    { polling: 100, timeout: 60_000 },
  )
}

async function median(sample: (index: number) => Promise<PageCpu>): Promise<PageCpu> {
  const samples: PageCpu[] = []
  while (samples.length < times) samples.push(await sample(samples.length))
  const middleOf = (values: number[]) => quantile(values, 0.5)
  return {
    all: middleOf(samples.map(({ all }) => all)),
    script: middleOf(samples.map(({ script }) => script)),
  }
}

/** The same figure in a short ticket and in a long one. */
function pair(what: string, inShort: PageCpu, inLong: PageCpu, goal: string): [Line, Line] {
  return [
    line(`${what}, ${short} comments`, words(inShort), goal),
    line(`  the same, ${long.toLocaleString('en')} comments`, compared(inLong, inShort), goal),
  ]
}

function divided({ all, script }: PageCpu, count: number): PageCpu {
  return { all: all / count, script: script / count }
}

function words({ all, script }: PageCpu): string {
  return `${all.toFixed(1)} ms, ${script.toFixed(1)} of them script`
}

function compared(cpu: PageCpu, base: PageCpu): string {
  return `${words(cpu)} (× ${(cpu.all / base.all).toFixed(2)}, script × ${(cpu.script / base.script).toFixed(2)})`
}

function line(what: string, measured: string, goal: string): Line {
  return { what, measured, goal }
}
