import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPushService } from '../server/src/testing/push-service.ts'
import type { PushService } from '../server/src/testing/push-service.ts'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { raise } from './screen.ts'

let service: PushService
let desk: Desk
let ada: Person
let sam: Person
beforeAll(async () => {
  service = await startPushService()
  const certificate = path.join(tmpdir(), 'push-service.pem')
  await writeFile(certificate, service.certificate)
  desk = await openDesk({
    PUSH_CONTACT: 'mailto:desk@desk.example',
    REACHABLE_NETWORKS: '127.0.0.0/8',
    NODE_EXTRA_CA_CERTS: certificate,
  })
  ada = await desk.person('Ada Admin', 'admin', { permissions: ['notifications'] })
  sam = await desk.person('Sam Sales', 'sales')
})
afterAll(async () => {
  await desk.close()
  await service.close()
})

test('a person whose pages are closed is told on their device, and a click brings the ticket', async () => {
  const { page, context } = ada
  await page.goto('/settings')
  const field = page.getByRole('checkbox', { name: 'Notify me on this device' })
  await field.check({ force: true }).catch(() => undefined)
  // The browser of the tests has no message service: the settings say so, and nothing is on.
  await page.getByText('The message service of this browser did not answer.').waitFor()
  expect(await field.isChecked()).toBe(false)

  const { key } = await ada.call('pushKey')
  const subscription = { ...service.subscription(key ?? ''), withText: true }
  await ada.call('savePushSubscription', { body: subscription })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.goto('about:blank')
  const ticket = await raise(sam, 'The lift is stuck')
  await desk.founder.call('editTicket', {
    params: { id: ticket.id },
    body: { assigneeId: ada.id },
  })
  await expect
    .poll(() => service.received.at(-1), { timeout: 20_000 })
    .toMatchObject({
      message: {
        title: `Fay Founder assigned #${ticket.number} to you`,
        body: 'The lift is stuck',
        number: Number(ticket.number),
        unread: expect.any(Number),
      },
    })

  // The same bytes come to the browser as its message service would bring them.
  await page.goto('/')
  await page.getByText('Live', { exact: true }).first().waitFor()
  const worker = await workerOf(page)
  await worker.deliver(service.received.at(-1)?.message)
  await expect.poll(() => shown(page)).toEqual([`Fay Founder assigned #${ticket.number} to you`])
  const [serviceWorker] = context.serviceWorkers()
  await serviceWorker?.evaluate(`registration.getNotifications().then(([notification]) =>
    dispatchEvent(new NotificationEvent('notificationclick', { notification })))`)
  await page.getByRole('heading', { name: 'The lift is stuck' }).waitFor()
  await expect.poll(() => shown(page)).toEqual([])
})

/** The texts of the notifications that the device shows. */
async function shown(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    return (await registration.getNotifications()).map(({ title }) => title)
  })
}

/** The page's service worker, once it runs. */
async function workerOf(page: Page) {
  const session = await page.context().newCDPSession(page)
  const registrationId = await registrationOf(session)
  return {
    /** Hands a message to the browser as its message service would. */
    async deliver(message: unknown) {
      const origin = desk.url
      const data = JSON.stringify(message)
      await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
    },
  }
}

async function registrationOf(session: CDPSession): Promise<string> {
  return new Promise((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [own] = registrations
      if (own !== undefined) resolve(own.registrationId)
    })
    void session.send('ServiceWorker.enable')
  })
}
