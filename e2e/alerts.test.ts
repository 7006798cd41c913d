import type { BrowserContext, Page, WebSocket } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { openTicket, raise, signIn, toast } from './screen.ts'

let desk: Desk
let sam: Person
beforeAll(async () => {
  desk = await openDesk()
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(() => desk.close())

interface Shown {
  title: string
  body: string
  tag: string
  closed: boolean
}

interface Watched {
  shown: (Notification & { wasClosed?: boolean })[]
  setHidden(hidden: boolean): void
}

/** Records the notifications of each page, and lets a test hide a page: without a screen every page is in sight. */
async function watchAlerts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watched = window as unknown as Watched
    watched.shown = []
    const Real = window.Notification
    window.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        watched.shown.push(this)
      }
      override close() {
        ;(this as { wasClosed?: boolean }).wasClosed = true
        super.close()
      }
    }
    let isHidden = false
    Object.defineProperty(document, 'hidden', { get: () => isHidden })
    Object.defineProperty(document, 'visibilityState', {
      get: () => (isHidden ? 'hidden' : 'visible'),
    })
    watched.setHidden = (hidden) => {
      isHidden = hidden
      document.dispatchEvent(new Event('visibilitychange'))
    }
  })
}

function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((to) => (window as unknown as Watched).setHidden(to), hidden)
}

function shown(page: Page): Promise<Shown[]> {
  return page.evaluate(() =>
    (window as unknown as Watched).shown.map(({ title, body, tag, wasClosed = false }) => ({
      title,
      body,
      tag,
      closed: wasClosed,
    })),
  )
}

async function untilReady(socket: WebSocket): Promise<void> {
  await socket.waitForEvent('framereceived', ({ payload }) =>
    String(payload).includes('sync:ready'),
  )
}

/** How many events the tabs have alerted to. */
function alertsOf(page: Page, person: Person): Promise<number> {
  return page.evaluate((key) => {
    const told = JSON.parse(localStorage.getItem(key) ?? '[]') as unknown[]
    return told.length
  }, `deskbell-told.${person.id}`)
}

function say(ticketId: string, body: string) {
  return sam.call('addComment', { params: { id: ticketId }, body: { body, internal: false } })
}

test('what comes while no tab is in sight shows on the desktop, once, without what was written', async () => {
  const amara = await desk.person('Amara Diallo', 'admin')
  await amara.context.grantPermissions(['notifications'])
  await watchAlerts(amara.context)
  const first = amara.page
  await first.goto('/settings')
  const desktop = first.getByRole('checkbox', { name: 'Show notifications on the desktop' })
  expect(await desktop.isChecked()).toBe(false)
  await desktop.check()
  const second = await amara.context.newPage()
  await second.goto('/new')
  await second.getByText('Live', { exact: true }).first().waitFor()
  const all = async () => [...(await shown(first)), ...(await shown(second))]

  // In sight there is a toast.
  await setHidden(second, true)
  const { id, number } = await raise(sam, 'The payroll is wrong')
  await toast(first, 'Sam Sales raised this ticket').waitFor()
  await expect.poll(() => alertsOf(first, amara)).toBe(1)
  await setHidden(first, true)
  await desk.founder.call('editTicket', { params: { id }, body: { assigneeId: amara.id } })
  const tag = `deskbell-ticket-${number}`
  const title = `Ticket #${number}`
  const assigned = { title, body: 'Fay Founder assigned it to you', tag, closed: false }
  await expect.poll(all).toEqual([assigned])
  await say(id, 'It is 3,000 less than agreed.')
  const replied = { title, body: 'Sam Sales replied', tag, closed: false }
  await expect.poll(all).toEqual([assigned, replied])

  // The other tab takes over.
  const [leading, other] = (await shown(first)).length > 0 ? [first, second] : [second, first]
  expect(await shown(other)).toEqual([])
  await leading.close()
  await say(id, 'Please hurry.')
  await expect.poll(() => shown(other)).toEqual([replied])
  await other.evaluate(() => {
    const [notification] = (window as unknown as Watched).shown
    notification?.dispatchEvent(new Event('click'))
  })
  await other.waitForURL(`**/tickets/${number}`)
  expect(await shown(other)).toEqual([{ ...replied, closed: true }])

  // With texts, and read on the phone.
  await other.goto('/settings')
  await other.getByRole('checkbox', { name: /first words/ }).check()
  await setHidden(other, true)
  await say(id, 'Anyone there?')
  const withText = {
    title: expect.stringContaining('The payroll is wrong'),
    body: expect.stringContaining('Anyone there?'),
    tag,
    closed: false,
  }
  await expect.poll(() => shown(other)).toEqual([withText])
  const phone = await desk.newContext({ viewport: { width: 390, height: 844 } })
  const page = await phone.newPage()
  await page.goto('/')
  await signIn(page, amara)
  await openTicket(page, number)
  await expect.poll(() => shown(other)).toEqual([{ ...withText, closed: true }])
})

test('someone idle at an open tab is told on the desktop, too', async () => {
  const ines = await desk.person('Ines Idle', 'admin')
  await ines.context.grantPermissions(['notifications'])
  await watchAlerts(ines.context)
  await ines.page.clock.install()
  await ines.page.goto('/settings')
  await ines.page.getByRole('checkbox', { name: 'Show notifications on the desktop' }).check()
  // For the page these are two minutes in which it heard nothing.
  const socket = ines.page.waitForEvent('websocket')
  await ines.page.clock.fastForward('02:00')
  await untilReady(await socket)
  await raise(sam, 'The gate is open')
  await expect.poll(async () => (await shown(ines.page)).length).toBe(1)
})

test('where the browser blocks notifications, the settings say so', async () => {
  const bo = await desk.person('Bo Blocked', 'admin')
  await bo.context.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' })
  })
  await bo.page.goto('/settings')
  await bo.page.getByText('This browser blocks notifications of Deskbell.').waitFor()
  expect(await bo.page.getByRole('checkbox', { name: /on the desktop/ }).isDisabled()).toBe(true)
})

/** Logs each note that a page plays, and the words of its toasts: what a test asks of a page counts as a click. */
async function logSounds(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { start } = OscillatorNode.prototype
    OscillatorNode.prototype.start = function play(when) {
      console.log(`note ${this.frequency.value} ${this.context.state}`)
      start.call(this, when)
    }
    let heldBack = false
    new MutationObserver(() => {
      const is = document.body?.textContent.includes('A sound was held back') === true
      if (is !== heldBack) console.log(is ? 'held back' : 'let go')
      heldBack = is
    }).observe(document, { childList: true, subtree: true, characterData: true })
  })
}

test('sounds wait for a click, tell urgent from usual, and repeat until somebody has looked', async () => {
  const uma = await desk.person('Uma Urgent', 'admin')
  const ben = await desk.person('Ben Okri', 'admin')
  await uma.page.close()
  await logSounds(uma.context)
  const page = await uma.context.newPage()
  const heard: string[] = []
  page.on('console', (message) => {
    if (/^(note|held back|let go)/.test(message.text())) heard.push(message.text())
  })
  const frames: string[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(String(payload))),
  )
  const received = (part: RegExp) => frames.filter((frame) => part.test(frame)).length
  // Nothing that comes is on this page.
  await page.goto('/settings')
  await expect.poll(() => received(/sync:ready/)).toBe(1)

  const lamp = await raise(sam, 'The lamp flickers')
  await expect.poll(() => heard).toEqual(['held back'])
  await page.mouse.click(700, 880)
  await expect.poll(() => heard).toEqual(['held back', 'let go'])

  heard.length = 0
  await raise(sam, 'The chair squeaks')
  await expect.poll(() => heard).toEqual(['note 659 running', 'note 880 running'])

  // What another tab shows makes no sound in this one.
  const other = await uma.context.newPage()
  await other.setViewportSize({ width: 1000, height: 800 })
  await openTicket(other, lamp.number)
  heard.length = 0
  const alerts = await alertsOf(other, uma)
  const mine = { assigneeId: uma.id }
  await desk.founder.call('editTicket', { params: { id: lamp.id }, body: mine })
  await expect.poll(() => alertsOf(other, uma)).toBe(alerts + 1)
  await raise(sam, 'The tap drips')
  await expect.poll(() => heard).toEqual(['note 659 running', 'note 880 running'])
  await other.close()

  heard.length = 0
  await page.clock.install()
  const { id, number } = await raise(sam, 'The server room burns', 'urgent')
  const urgent = Array.from({ length: 3 }, () => ['note 988 running', 'note 740 running']).flat()
  await expect.poll(() => heard).toEqual(urgent)
  heard.length = 0
  await page.clock.fastForward(30_000)
  await expect.poll(() => heard).toEqual(urgent)

  // For the page this was half a minute in which it heard nothing.
  await expect.poll(() => received(/sync:ready/)).toBe(2)
  await openTicket(ben.page, number)
  await expect.poll(() => received(new RegExp(`ticket:looked.*${id}`))).toBe(1)
  heard.length = 0
  await page.clock.fastForward(60_000)
  await expect.poll(() => received(/sync:ready/)).toBe(3)
  await raise(sam, 'The door is stuck')
  await expect.poll(() => heard).toEqual(['note 659 running', 'note 880 running'])
})
