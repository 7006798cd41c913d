import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDesk } from './desk.ts'
import type { Desk, Person } from './desk.ts'
import { raise } from './screen.ts'

const variables = { FILES_TOTAL_MB: '4', FILES_PER_PERSON_MB: '3', DISK_RESERVE_MB: '1' }

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(variables)
})
afterAll(() => desk.close())

test('a super admin sees what takes the space, whose files and texts most of it, and why no more are taken', async () => {
  const { page } = desk.founder
  await page.goto('/settings')
  const storage = page.getByRole('region', { name: 'Storage' })
  await storage.getByText('Nobody has written or attached anything yet.').waitFor()

  await attach(await desk.person('Sam Small', 'sales'), 1000, 1)
  const lea = await desk.person('Lea Large', 'admin')
  await attach(lea, 1024 * 1024, 2)
  await page.reload()
  const people = storage.getByRole('list', { name: 'Who takes most' })
  await people.waitFor()
  expect(await people.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/Lea Large\s+2 files, \d+ bytes of text\s+2 MB/),
    expect.stringMatching(/Sam Small\s+1 file, \d+ bytes of text\s+1 KB/),
  ])
  await storage.getByText('2 MB of 4 MB').waitFor()
  expect(await storage.getByText('No files are taken now').count()).toBe(0)
  await storage.getByText('When it is full').click()
  await storage.getByText('FILES_TOTAL_MB').waitFor()

  await desk.stopServer()
  Object.assign(variables, { FILES_TOTAL_MB: '2', DISK_RESERVE_MB: '16777216' })
  await desk.startServer()
  await page.reload()
  await storage
    .getByText(
      'No files are taken now: less is free on the disk than the reserve, and all files together take all that they may.',
    )
    .waitFor()
})

test('a person who is not a super admin does not see the storage', async () => {
  const { page } = await desk.person('Abe Admin', 'admin')
  await page.goto('/settings')
  await page.getByRole('heading', { name: 'Sessions' }).waitFor()
  expect(await page.getByRole('heading', { name: 'Storage' }).count()).toBe(0)
})

async function attach(person: Person, bytes: number, count: number): Promise<void> {
  const { id } = await raise(person, `Files of ${person.name}`)
  for (let turn = 0; turn < count; turn += 1) {
    const file = { name: `${turn}.bin`, mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'a') }
    const response = await person.context.request.post(
      `${desk.url}/api/tickets/${id}/attachments`,
      {
        headers: { 'idempotency-key': randomUUID() },
        multipart: { file },
      },
    )
    expect(response.ok(), await response.text()).toBe(true)
  }
}
