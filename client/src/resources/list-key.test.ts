import { expect, test } from 'vitest'
import { listCall, listKey } from './list-key.ts'

test('equal queries have the same key', () => {
  const key = listKey({ status: ['open', 'waiting'] })
  expect(
    listKey({ status: ['waiting', 'open', 'open'], q: ' ', sort: '-updated', priority: [] }),
  ).toBe(key)
  expect(listKey({ status: ['open', 'waiting'], assignee: 'me' })).not.toBe(key)
  expect(listKey({ status: ['open', 'waiting'], sort: 'created' })).not.toBe(key)
})

test('the query parameters are those that restrict or sort', () => {
  expect(listCall({})).toEqual({ sort: '-updated' })
  expect(
    listCall({ status: ['waiting', 'open'], assignee: 'none', creator: 'me', q: ' ink ' }),
  ).toEqual({
    sort: '-updated',
    status: 'open,waiting',
    assignee: 'none',
    creator: 'me',
    q: 'ink',
  })
})
