import { chromium } from 'playwright-core'
import type { CDPSession, Page } from 'playwright-core'
import { browserArguments } from '../../e2e/browser-arguments.ts'
import { ensureChromium } from '../../e2e/ensure-chromium.ts'

/** CPU time of the main thread of a page, in ms: everything, and the part of it that is JavaScript. */
export interface PageCpu {
  all: number
  script: number
}

/** A browser window in which one person is signed in. */
export interface BrowserWindow {
  page: Page
  /** The CPU time that `act` costs, with everything that follows from it until the page is quiet. */
  costOf(act: () => Promise<unknown>): Promise<PageCpu>
  close(): Promise<void>
}

const stepMs = 300
/** Together longer than a page waits before it marks a ticket as seen. */
const quietSteps = 4
/** A page that uses no more of a step than this, in ms, does nothing: timers and the cursor take some of it. */
const quietMs = 3
/** The longest wait for a page to be quiet. */
const patienceMs = 6_000

/** Opens a browser window of this size for the person with this session cookie. */
export async function openBrowser(
  url: string,
  cookie: string,
  viewport = { width: 1440, height: 900 },
): Promise<BrowserWindow> {
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: browserArguments,
  })
  const context = await browser.newContext({ baseURL: url, viewport })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url }])
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  // Time of the thread, in which other work on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    page,
    async costOf(act) {
      const before = await quiet(session)
      await act()
      const after = await quiet(session)
      return { all: after.all - before.all, script: after.script - before.script }
    },
    close: () => browser.close(),
  }
}

/** Waits until the page has nothing to do, at most `patienceMs`. Returns what it has used until then. */
async function quiet(session: CDPSession): Promise<PageCpu> {
  const startedAt = performance.now()
  let before = await usedBy(session)
  let steps = 0
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, stepMs))
    const now = await usedBy(session)
    steps = now.all - before.all <= quietMs ? steps + 1 : 0
    if (steps === quietSteps || performance.now() - startedAt > patienceMs) return now
    before = now
  }
}

async function usedBy(session: CDPSession): Promise<PageCpu> {
  const { metrics } = await session.send('Performance.getMetrics')
  const ms = (name: string) =>
    (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000
  return { all: ms('TaskDuration'), script: ms('ScriptDuration') }
}
