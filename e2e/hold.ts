import type { Page, Request } from 'playwright-core'

/** Holds back the matching requests of a page until they are released. */
export async function hold(
  page: Page,
  matches: (request: Request) => boolean,
): Promise<{ release: () => Promise<void> }> {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  await page.route('**/api/**', async (route) => {
    if (matches(route.request())) await opened
    await route.continue()
  })
  return {
    async release() {
      open()
      await page.unrouteAll({ behavior: 'wait' })
    },
  }
}
