import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '@deskbell/contract'
import type { DraftKind, SavedDraft } from '@deskbell/contract'
import { startTestDesk } from '../../testing/index.ts'
import type { TestDesk, TestPerson } from '../../testing/index.ts'
import { createListener } from '../../testing/listener.ts'
import type { Listener } from '../../testing/listener.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { unlimited } from '../../testing/unlimited.ts'
import { writeFreely } from '../../testing/write-freely.ts'
import { sweepDrafts, sweepTexts } from '../sweep-drafts.ts'

let desk: TestDesk
let ada: TestPerson
let ticketId: string
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
})
beforeEach(async () => {
  ada = await desk.someone('admin', 'Ada')
  const made = await ada.call('createTicket', { body: { title: 'Printer', description: '' } })
  ticketId = made.body.ticket.id
})
afterAll(() => desk.stop())

function save(
  body: string,
  rev: number,
  more: { kind?: DraftKind; attachmentIds?: string[] } = {},
) {
  const { kind = 'reply', ...files } = more
  return ada.call('saveDraft', { params: { id: ticketId, kind }, body: { body, rev, ...files } })
}

/** Saves one text after the other, as a client does between pauses. Returns the last number. */
async function write(...texts: string[]): Promise<number> {
  let rev = (await draft())?.rev ?? 0
  for (const text of texts) {
    const saved = await save(text, rev)
    expect(saved.status).toBe(200)
    rev = saved.body.rev
  }
  return rev
}

async function draft(kind: DraftKind = 'reply', of = ada): Promise<SavedDraft | undefined> {
  const { drafts } = (await of.call('drafts', { query: { ticketId } })).body
  return drafts.find((one) => one.kind === kind)
}

async function earlier(kind: DraftKind = 'reply'): Promise<string[]> {
  const { body } = await ada.call('earlierDrafts', { params: { id: ticketId, kind } })
  return body.earlier.map((one) => one.body)
}

async function upload(of = ada): Promise<string> {
  return (await of.upload(ticketId, { content: randomUUID(), draft: true })).body.attachment.id
}

async function listen(person: TestPerson): Promise<Listener> {
  const listener = createListener(desk.url, person)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  return listener
}

function heard({ others }: Listener) {
  return others.filter(([name]) => name === 'draft:changed').map(([, data]) => data)
}

describe('a draft', () => {
  test('[DR1] is on each device of its person, with its files, and in no log', async () => {
    const events = () => desk.db.selectFrom('events').select('seq').execute()
    const attachmentIds = [await upload(), await upload()]
    const before = await events()
    const { rev } = (await save('Dear Sam', 0, { attachmentIds })).body
    const [found] = (await (await desk.again(ada)).call('drafts')).body.drafts
    expect(found).toMatchObject({ ticketId, kind: 'reply', body: 'Dear Sam', rev })
    expect(found?.attachments.map(({ id }) => id)).toEqual(attachmentIds)
    expect(await events()).toEqual(before)
    expect(
      await desk.db
        .selectFrom('audit_entries')
        .select('id')
        .where('ticket_id', '=', ticketId)
        .execute(),
    ).toEqual([])
  })

  test('[DR1] of a note is hidden while its person is not staff, and is there again afterwards', async () => {
    await ada.call('watch', { params: { id: ticketId, userId: ada.id } })
    await save('For us', 0, { kind: 'note' })
    await save('For all', 0)
    const become = (role: 'sales' | 'admin') =>
      desk.db.updateTable('people').set({ role }).where('id', '=', ada.id).execute()
    await become('sales')
    expect((await ada.call('drafts')).body.drafts.map(({ body }) => body)).toEqual(['For all'])
    expect(refusalOf(await save('Public?', 0, { kind: 'note' }))).toBe('not.found')
    await become('admin')
    expect(await draft('note')).toMatchObject({ body: 'For us' })
  })

  test('[DR1] is hidden while its person may not see the ticket', async () => {
    const sam = await desk.someone('sales', 'Sam')
    const params = { id: ticketId, userId: sam.id }
    await ada.call('watch', { params })
    const body = { body: 'Any news?', rev: 0 }
    await sam.call('saveDraft', { params: { id: ticketId, kind: 'reply' }, body })
    await ada.call('unwatch', { params })
    expect((await sam.call('drafts')).body.drafts).toEqual([])
    expect(await draft('reply', sam)).toBeUndefined()
    await ada.call('watch', { params })
    const { rev } = (await draft('reply', sam)) ?? { rev: 0 }
    expect(await draft('reply', sam)).toMatchObject({ body: 'Any news?' })

    // It can be discarded all the same.
    await ada.call('unwatch', { params })
    const discard = (id: string) =>
      sam.call('discardDraft', { params: { id, kind: 'reply' }, query: { rev } })
    expect((await discard(ticketId)).status).toBe(200)
    expect(refusalOf(await discard(randomUUID()))).toBe('not.found')
    await ada.call('watch', { params })
    expect(await draft('reply', sam)).toMatchObject({ body: '' })
  })

  test('[DR2] that another device changed is not overwritten, and the refusal has its text', async () => {
    const first = (await save('Dear Sam', 0)).body.rev
    const second = (await save('Dear Sam, we look', first)).body.rev
    expect(second).toBeGreaterThan(first)
    const refused = await save('Dear Samuel', first)
    expect(refusalOf(refused)).toBe('draft.differs')
    expect(refused.body.details).toMatchObject({
      draft: { body: 'Dear Sam, we look', rev: second },
    })
    expect(await draft()).toMatchObject({ body: 'Dear Sam, we look', rev: second })
    const gone = await ada.call('discardDraft', {
      params: { id: ticketId, kind: 'reply' },
      query: { rev: first },
    })
    expect(refusalOf(gone)).toBe('draft.differs')
  })

  test('[DR2] that is saved twice is saved once, and the same text needs no number', async () => {
    const { rev } = (await save('Dear Sam', 0)).body
    expect((await save('Dear Sam', 0)).body.rev).toBe(rev)
    expect((await save('Dear Sam', rev)).body.rev).toBe(rev)
  })

  test('[DR2] that was discarded elsewhere begins again with its number, and gets a greater one', async () => {
    const rev = await write('Dear Sam', '')
    expect((await ada.call('drafts')).body.drafts).toEqual([])
    expect(await draft()).toMatchObject({ body: '', rev })
    const refused = await save('Dear Samuel', 1)
    expect(refusalOf(refused)).toBe('draft.differs')
    expect(refused.body.details).toMatchObject({ draft: { body: '', rev } })
    expect((await save('Dear Samuel', rev)).body.rev).toBeGreaterThan(rev)
  })

  test('[DR2] of many writers at once keeps one text', async () => {
    const texts = Array.from({ length: 8 }, (_, index) => `Text ${index}`)
    const answers = await Promise.all(texts.map((text) => save(text, 0)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(refusalOf))).toEqual(new Set(['draft.differs']))
  })

  test('takes only files of its person that wait on its ticket, each time', async () => {
    const grace = await desk.someone('admin', 'Grace')
    const own = await upload()
    const sent = (await ada.upload(ticketId, { content: 'x' })).body.attachment.id
    const attachmentIds = [await upload(grace), sent, own, randomUUID()]
    const { rev } = (await save('See these', 0, { attachmentIds })).body
    const again = await save('See these', 0, { attachmentIds })
    expect(again.body).toEqual({ rev, attachmentIds: [own] })
  })

  test('beyond the room of a person is refused, and one that becomes shorter is not', async () => {
    const whole = limits.savedDraftBytesPerPerson
    const { rev } = (await save('a', 0)).body
    await desk.db
      .insertInto('drafts')
      .values({
        person_id: ada.id,
        ticket_id: ticketId,
        kind: 'note',
        body: 'b'.repeat(whole - 2),
        longer_body: null,
        attachment_ids: [],
        rev: 1,
        updated_at: new Date(),
      })
      .execute()
    expect((await save('aa', rev)).status).toBe(200)
    expect(refusalOf(await save('aaa', (await draft())?.rev ?? 0))).toBe('draft.tooMany')
    expect((await save('', (await draft())?.rev ?? 0)).status).toBe(200)
  })
})

test('[DR3] a person’s own devices hear of a draft, and nobody else does', async () => {
  const root = await desk.someone('super_admin', 'Root')
  const sam = await desk.someone('sales', 'Sam')
  await ada.call('watch', { params: { id: ticketId, userId: sam.id } })
  const own = [await listen(ada), await listen(await desk.again(ada))]
  const others = [await listen(root), await listen(sam)]
  const { rev } = (await save('For us', 0, { kind: 'note' })).body
  await save('For us', rev, { kind: 'note' })
  for (const one of own)
    await expect.poll(() => heard(one)).toEqual([{ ticketId, kind: 'note', rev }])
  const { seq } = (await ada.call('addComment', { params: { id: ticketId }, body: { body: 'x' } }))
    .body
  for (const one of others) await one.reach(seq)
  expect(others.flatMap(heard)).toEqual([])
})

describe('a comment', () => {
  const comment = (body: string, more = {}) =>
    ada.call('addComment', { params: { id: ticketId }, body: { body, ...more } })

  test('[DR4] takes the draft with it that it was, and tells the other devices', async () => {
    const attachmentIds = [await upload()]
    await save('We look into it', 0, { attachmentIds })
    const other = await listen(await desk.again(ada))
    expect((await comment('We look into it', { attachmentIds })).status).toBe(201)
    const left = await draft()
    expect(left).toMatchObject({ body: '', attachments: [] })
    await expect.poll(() => heard(other)).toEqual([{ ticketId, kind: 'reply', rev: left?.rev }])
    expect(await earlier()).toEqual([])
  })

  test('[DR4] takes a draft with it that was saved before its last letters, whichever comes first', async () => {
    const text = 'We look into it, and call you back tomorrow'
    await save(text.slice(0, -3), 0)
    await comment(text)
    expect(await draft()).toMatchObject({ body: '' })
    // The last words were corrected: the sender's device discards the draft.
    const rev = await write(text.replace('tomorrow', 'tomarrow'))
    await comment(text)
    expect(await draft()).toMatchObject({ rev })
    await write('')
    await write(text, '')
    expect(await earlier()).toEqual([])
  })

  test('[DR4] leaves a text that was changed on another device meanwhile, one of the other kind, and one with more files', async () => {
    const attachmentIds = [await upload()]
    await save('We look into it. And', 0)
    await save('We look into it', 0, { kind: 'note', attachmentIds })
    await comment('We look into it')
    expect(await draft()).toMatchObject({ body: 'We look into it. And' })
    await comment('We look into it', { internal: true })
    expect(await draft('note')).toMatchObject({ body: 'We look into it' })
  })

  test('[DR4] is not followed by its text as a draft, however late that is saved', async () => {
    // The first save of a text.
    await comment('We look into it')
    expect(refusalOf(await save('We look', 0))).toBe('draft.differs')
    const rev = await write('And we', 'And we call')
    const late = async () => refusalOf(await save('And we call you', rev))
    await comment('And we call you')
    expect(await late()).toBe('draft.differs')
    await comment('Once more')
    expect(await late()).toBe('draft.differs')
    expect((await ada.call('drafts')).body.drafts).toEqual([])
  })

  test('[DR4] takes a draft with it whose file was removed', async () => {
    const id = await upload()
    await save('We look into it', 0, { attachmentIds: [id] })
    await ada.call('deleteAttachment', { params: { id } })
    await ada.call('addComment', { params: { id: ticketId }, body: { body: 'We look into it' } })
    expect(await draft()).toMatchObject({ body: '', attachments: [] })
    await save('', 0, { attachmentIds: [await upload()] })
    const [file] = (await draft())?.attachments ?? []
    await ada.call('deleteAttachment', { params: { id: file?.id ?? '' } })
    expect((await ada.call('drafts')).body.drafts).toEqual([])
  })

  test('[DR4] that is refused leaves the draft', async () => {
    await save('We look into it', 0)
    await comment('We look into it', { attachmentIds: [randomUUID()] })
    expect(await draft()).toMatchObject({ body: 'We look into it' })
  })
})

describe('earlier drafts', () => {
  const long = 'The printer on the third floor smokes when it is used.'

  test('[DR5] have what was discarded and what was replaced', async () => {
    await write(long, '', 'Something else that is as long as the text before.', 'No.')
    expect(await earlier()).toEqual(['Something else that is as long as the text before.', long])
  })

  test('[DR5] have nothing of typing, of small corrections, and of a text that moved to a note', async () => {
    await write(
      'T',
      'The prin',
      'The printer',
      `${long}`,
      long.replace('smokes', 'burns'),
      `Dear Sam, ${long.replace('smokes', 'burns')}`,
    )
    expect(await earlier()).toEqual([])
    await save(`Dear Sam, ${long.replace('smokes', 'burns')}`, 0, { kind: 'note' })
    await write('')
    expect(await earlier()).toEqual([])
  })

  test('[DR5] have a short text that was discarded, whatever was sent before and after', async () => {
    await write('Call her back', '')
    const body = { body: 'Hello Sam, we look into this tomorrow.' }
    await ada.call('addComment', { params: { id: ticketId }, body })
    await write('Order two toners', '')
    expect(await earlier()).toEqual(['Order two toners', 'Call her back'])
  })

  test('[DR5] have a text once that was deleted letter by letter, as it was in the beginning', async () => {
    const shorter = Array.from(long, (_, index) => long.slice(0, long.length - index))
    await write(...shorter, '')
    expect(await earlier()).toEqual([long])
  })

  test('[DR5] [DR1] have at most 1 MiB, and so has what drafts were before they became shorter', async () => {
    const whole = limits.earlierDraftBytesPerPerson
    const other = (await ada.call('createTicket', { body: { title: 'Lamp', description: '' } }))
      .body
    const row = { person_id: ada.id, ticket_id: other.ticket.id, kind: 'reply' } as const
    const old = { id: randomUUID(), body: 'b'.repeat(whole - long.length), at: new Date() }
    await desk.db
      .insertInto('earlier_drafts')
      .values({ ...row, ...old })
      .execute()
    const kept = () =>
      desk.db.selectFrom('earlier_drafts').select('body').where('person_id', '=', ada.id).execute()
    await write(long, '')
    expect(await kept()).toHaveLength(2)
    await write('And this is one more that is long enough.', '')
    expect((await kept()).map(({ body }) => body.length)).not.toContain(old.body.length)

    const longer_body = 'b'.repeat(whole - long.length + 1)
    await desk.db
      .insertInto('drafts')
      .values({
        ...row,
        body: 'b',
        longer_body,
        attachment_ids: [],
        rev: 1,
        updated_at: new Date(),
      })
      .execute()
    const shortened = async () => {
      await write(long, long.slice(0, 30))
      return desk.db
        .selectFrom('drafts')
        .select('longer_body as longer')
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst()
    }
    expect(await shortened()).toEqual({ longer: null })
    await desk.db.updateTable('drafts').set({ longer_body: null }).execute()
    expect(await shortened()).toEqual({ longer: long })
  })

  test('[DR5] have the newest of a ticket, for 7 days, and lack what was sent', async () => {
    const texts = Array.from({ length: limits.earlierDrafts + 3 }, (_, index) =>
      `Text ${index}. `.repeat(5),
    )
    for (const text of texts) await write(text, '')
    expect(await earlier()).toEqual(texts.toReversed().slice(0, limits.earlierDrafts))
    await ada.call('addComment', { params: { id: ticketId }, body: { body: texts.at(-1) ?? '' } })
    expect((await earlier())[0]).toBe(texts.at(-2))

    const sweep = async (days: number) => {
      await sql`update earlier_drafts set at = now() - ${days} * interval '1 day' where person_id = ${ada.id}`.execute(
        desk.db,
      )
      await writeFreely(desk.db)(sweepTexts)
    }
    await sweep(6)
    expect(await earlier()).toHaveLength(limits.earlierDrafts - 1)
    await sweep(8)
    const rows = desk.db.selectFrom('earlier_drafts').select('id').where('person_id', '=', ada.id)
    expect(await rows.execute()).toEqual([])
  })
})

test('[DR6] a file lives as long as a draft names it', async () => {
  const [kept, dropped] = [await upload(), await upload()]
  const { rev } = (await save('See this', 0, { attachmentIds: [kept] })).body
  const sweep = async () => {
    await sql`update attachments set created_at = now() - interval '3 days' where uploader_id = ${ada.id}`.execute(
      desk.db,
    )
    return writeFreely(desk.db)(sweepDrafts)
  }
  expect(await sweep()).toEqual([dropped])
  expect((await draft())?.attachments.map(({ id }) => id)).toEqual([kept])
  await save('', rev)
  expect(await sweep()).toEqual([kept])
})

test('what is left of a draft that was sent goes after 30 days', async () => {
  await write('Sent', '')
  await writeFreely(desk.db)(sweepTexts)
  expect(await draft()).toMatchObject({ body: '' })
  await sql`update drafts set updated_at = now() - interval '31 days' where person_id = ${ada.id}`.execute(
    desk.db,
  )
  await writeFreely(desk.db)(sweepTexts)
  expect(await draft()).toBeUndefined()
})
