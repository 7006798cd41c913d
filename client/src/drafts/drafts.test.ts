import { beforeEach, expect, test } from 'vitest'
import { createDrafts } from './drafts.ts'
import type { Draft } from './drafts.ts'
import { browserStorage } from '../testing/browser-storage.ts'

const draft: Draft = {
  id: '01980f5e',
  body: 'Dear',
  internal: false,
  ticketNumber: 1,
  attachments: [],
  seenVersion: 7,
}

let storage: Storage

beforeEach(() => {
  storage = browserStorage()
})

test('[CL11] a draft is kept until it is cleared, also for a later session of the same person', () => {
  expect(createDrafts(storage, 'ada').set('t1', draft)).toBe(true)
  expect(createDrafts(storage, 'ada').get('t1')).toEqual(draft)
  expect(createDrafts(storage, 'ada').get('t2')).toBeUndefined()
  createDrafts(storage, 'ada').clear('t1')
  expect(createDrafts(storage, 'ada').get('t1')).toBeUndefined()
})

test('[CL11] another person on the device does not find it', () => {
  createDrafts(storage, 'ada').set('t1', draft)
  expect(createDrafts(storage, 'bo').get('t1')).toBeUndefined()
  expect(createDrafts(storage, 'bo').list()).toEqual([])
})

test('all drafts of a person are listed, and nothing else in the storage', () => {
  storage.setItem('theme', 'dark')
  const drafts = createDrafts(storage, 'ada')
  drafts.set('t1', draft)
  drafts.set('t2', { ...draft, body: 'Hello' })
  expect(drafts.list().map(({ ticketId, draft: { body } }) => [ticketId, body])).toEqual([
    ['t1', 'Dear'],
    ['t2', 'Hello'],
  ])
})

test.each(['{"id":', 'null', '{}', '{"id":"1","body":"","internal":false,"attachments":[]}'])(
  'what is not a draft (%s) is not taken for one',
  (text) => {
    const drafts = createDrafts(storage, 'ada')
    drafts.set('t1', draft)
    storage.setItem(storage.key(0) ?? '', text)
    expect(drafts.get('t1')).toBeUndefined()
    expect(drafts.list()).toEqual([])
  },
)

test('a device without space reports it', () => {
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  expect(createDrafts(storage, 'ada').set('t1', draft)).toBe(false)
})
