import { openBrowser } from './browser.ts'

interface Shifts {
  /** The sum of all layout shifts of the page, as browsers count them. */
  benchShifts: number
}

/** In CSS pixels. */
export const widths = [1440, 900, 390]

/** How far each page moves while it loads, at each of `widths`. */
export async function layoutShifts(
  url: string,
  cookie: string,
  paths: readonly string[],
): Promise<number[][]> {
  const shifts: number[][] = paths.map(() => [])
  for (const width of widths) {
    const { page, costOf, close } = await openBrowser(url, cookie, { width, height: 844 })
    await page.addInitScript(recordShifts)
    for (const [index, path] of paths.entries()) {
      await costOf(() => page.goto(path))
      const shift = await page.evaluate(() => (globalThis as unknown as Shifts).benchShifts)
      shifts[index]?.push(shift)
    }
    await close()
  }
  return shifts
}

/** Runs in the page. */
function recordShifts() {
  const shifts: Shifts = Object.assign(globalThis, { benchShifts: 0 })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('value' in entry) shifts.benchShifts += Number(entry.value)
  }).observe({ type: 'layout-shift', buffered: true })
}
