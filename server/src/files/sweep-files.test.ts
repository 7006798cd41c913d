import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import path from 'node:path'
import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { createFileStore } from './file-store.ts'
import { sweepFiles } from './sweep-files.ts'
import { writeFreely } from '../testing/write-freely.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.stop())

test('contents without a row are removed after a day, all others stay', async () => {
  const files = createFileStore(path.join(desk.dataDir, 'files'))
  const sam = await desk.someone('sales')
  const { body } = await sam.call('createTicket', { body: { title: 'Files', description: '' } })
  const kept = (await sam.upload(body.ticket.id, { content: 'kept' })).body.attachment.id
  const orphan = uuidv7()
  await files.put(orphan, Readable.from(['orphan']))

  await sweepFiles(writeFreely(desk.db), files)
  expect((await files.ids()).toSorted()).toEqual([kept, orphan].toSorted())

  await sweepFiles(writeFreely(desk.db), files, Date.now() + 25 * 3_600_000)
  expect(await files.ids()).toEqual([kept])
})

test('files from before this database are not removed', async () => {
  await using other = await startTestDesk()
  const files = createFileStore(path.join(other.dataDir, 'files'))
  const foreign = uuidv7({ msecs: Date.now() - 1_000_000 })
  await files.put(foreign, Readable.from(['foreign']))

  const tomorrow = Date.now() + 25 * 3_600_000
  await sweepFiles(writeFreely(other.db), files, tomorrow)
  await other.someone('sales')
  await sweepFiles(writeFreely(other.db), files, tomorrow)
  expect(await files.ids()).toEqual([foreign])
})
