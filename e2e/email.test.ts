import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { certificate } from '../server/src/testing/certificate.ts'
import { becomeDue } from '../server/src/testing/consumer-steps.ts'
import { inDatabaseOf } from '../server/src/testing/database-of.ts'
import { startSmtpServer } from '../server/src/testing/smtp-server.ts'
import type { ReceivedMail, TestSmtpServer } from '../server/src/testing/smtp-server.ts'
import { newcomer, openDesk } from './desk.ts'
import type { Desk } from './desk.ts'

const soon = { interval: 100, timeout: 30_000 }

let server: TestSmtpServer
let desk: Desk
let folder: string
beforeAll(async () => {
  server = await startSmtpServer()
  folder = await mkdtemp(path.join(tmpdir(), 'deskbell-mail-'))
  const authority = path.join(folder, 'certificate.pem')
  await writeFile(authority, certificate)
  desk = await openDesk((url) => ({
    SMTP_URL: server.url,
    MAIL_FROM: 'Help desk <desk@desk.example>',
    PUBLIC_URL: url,
    NODE_EXTRA_CA_CERTS: authority,
  }))
})
afterAll(async () => {
  await desk.close()
  await server.stop()
  await rm(folder, { recursive: true })
})

/** The e-mail about something to someone, once it is there. */
async function mailTo(address: string, subject: string): Promise<ReceivedMail> {
  const found = () =>
    server.mails.find(
      (mail) => mail.recipients[0] === address && mail.subject?.includes(subject) === true,
    )
  await expect.poll(found, soon).toBeDefined()
  return found() as ReceivedMail
}

/** The address of a link, as a mail program opens it. */
function linkIn({ html }: ReceivedMail, part: string): string {
  const links = [...(html || '').matchAll(/href="([^"]+)"/g)].map(([, url = '']) => url)
  return links.find((url) => url.includes(part)) ?? ''
}

test('an invitation by e-mail leads to a password, an e-mail about a ticket to the ticket, and its last link stops more of them', async () => {
  const { founder } = desk
  const { name, email } = newcomer('Dora Mail')
  await founder.page.goto('/people')
  await founder.page.getByRole('button', { name: 'Invite', exact: true }).click()
  const dialog = founder.page.getByRole('dialog', { name: 'Invite someone' })
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByRole('button', { name: 'Invite' }).click()
  await dialog.getByText(`An e-mail with a link is on its way to ${name}`).waitFor()
  expect(await dialog.getByLabel(`Link for ${name}`).inputValue()).toContain('/invitation/')

  const page = await (await desk.newContext()).newPage()
  await page.goto(linkIn(await mailTo(email, 'Your invitation'), '/invitation/'))
  await page.getByRole('heading', { name: `Welcome, ${name}` }).waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill('seven pianos in the sun')
  await page.getByRole('button', { name: 'Join' }).click()
  await page.getByText('Live', { exact: true }).first().waitFor()

  // She raises a ticket and leaves.
  await page.goto('/new')
  await page.getByRole('textbox', { name: 'Title' }).fill('The beamer is broken')
  await page.getByRole('button', { name: 'Create ticket' }).click()
  await page.getByRole('heading', { level: 1, name: 'The beamer is broken' }).waitFor()
  await page.goto('/settings')
  const choice = page.getByRole('checkbox', { name: 'When someone writes on a ticket of mine' })
  expect(await choice.isChecked()).toBe(true)
  const { items } = await founder.call('tickets', { query: { q: 'beamer' } })
  const [ticket] = items
  if (ticket === undefined) throw new Error('her ticket is listed')
  await founder.call('addComment', {
    params: { id: ticket.id },
    body: { body: 'We bring another one.' },
  })

  // Three minutes pass.
  const gathers = inDatabaseOf(desk.dataDir, async (db) => {
    const waiting = () => db.selectFrom('deliveries').select('id').execute()
    await expect.poll(waiting, soon).toHaveLength(1)
    await becomeDue(db)
  })
  await gathers
  const mail = await mailTo(email, 'The beamer is broken')
  await page.goto(linkIn(mail, '/tickets/'))
  await page.getByRole('heading', { level: 1, name: 'The beamer is broken' }).waitFor()
  await page.getByText('We bring another one.').waitFor()

  // Without a session, in a browser that knows nothing of the desk.
  const other = await (await desk.newContext()).newPage()
  await other.goto(linkIn(mail, '/unsubscribe/'))
  await other.getByRole('button', { name: 'Stop them' }).click()
  await other.getByRole('heading', { name: 'No more of these e-mails' }).waitFor()
  await page.goto('/settings')
  await expect.poll(() => choice.isChecked()).toBe(false)
  await choice.check()
  await page.reload()
  await expect.poll(() => choice.isChecked()).toBe(true)
  await founder.page.goto('/settings')
  await founder.page.getByText('This desk sends e-mail. Nothing waits.').waitFor()
})
