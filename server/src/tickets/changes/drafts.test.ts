import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { refusalOf } from '../../testing/refusal-of.ts'

let desk: TestDesk
let sam: TestPerson
let tickets: string[]
beforeAll(async () => {
  desk = await startTestDesk()
})
beforeEach(async () => {
  sam = await desk.someone('sales', 'Sam')
  const body = { title: 'Files', description: '' }
  const made = [await sam.call('createTicket', { body }), await sam.call('createTicket', { body })]
  tickets = made.map((answer) => answer.body.ticket.id)
})
afterAll(() => desk.stop())

/** Uploads a draft to the first or the second ticket. */
async function draft(which = 0, key?: string) {
  return sam.upload(tickets[which] ?? '', {
    content: 'x',
    draft: true,
    ...(key === undefined ? {} : { key }),
  })
}

async function draftsOf(personId: string): Promise<string[]> {
  const rows = await desk.db
    .selectFrom('attachments')
    .select('id')
    .where('uploader_id', '=', personId)
    .where('draft', '=', true)
    .execute()
  return rows.map(({ id }) => id)
}

test('the number of drafts per person is limited, also for many uploads at once', async () => {
  const few = 4
  for (let made = 0; made < limits.draftsPerPerson - few; made += 1) await draft(made % 2)
  const answers = await Promise.all(Array.from({ length: 2 * few }, (_, index) => draft(index % 2)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(few)
  const refused = answers.filter(({ status }) => status >= 300)
  expect(new Set(refused.map(refusalOf))).toEqual(new Set(['attachment.tooManyDrafts']))
  const waiting = await draftsOf(sam.id)
  expect(waiting).toHaveLength(limits.draftsPerPerson)

  // Files that are no drafts do not count, and neither do drafts of others.
  expect((await sam.upload(tickets[0] ?? '', { content: 'x' })).status).toBe(201)
  const ada = await desk.someone('admin')
  expect((await ada.upload(tickets[0] ?? '', { content: 'x', draft: true })).status).toBe(201)

  const [id = ''] = waiting
  await sam.call('deleteAttachment', { params: { id } })
  expect((await draft()).status).toBe(201)
})

test('[WR4] the last allowed draft is the same when its upload is repeated', async () => {
  for (let made = 1; made < limits.draftsPerPerson; made += 1) await draft()
  const key = '5f0c2a34-53a5-4d0c-8a3f-0d8f7a0c9a11'
  const last = await draft(0, key)
  expect((await draft(0, key)).body.attachment).toEqual(last.body.attachment)
  expect(refusalOf(await draft())).toBe('attachment.tooManyDrafts')
})

test('fewer drafts are allowed if they are large', async () => {
  await draft()
  const sized = (bytes: number) =>
    sql`update attachments set size = ${bytes} where uploader_id = ${sam.id}`.execute(desk.db)
  await sized(limits.draftBytesPerPerson - 1)
  expect((await draft()).status).toBe(201)
  await sized(limits.draftBytesPerPerson / 2)
  expect(refusalOf(await draft())).toBe('attachment.tooManyDrafts')
})
