import { expect, test } from 'vitest'
import { listCall, listKey } from './list-key.ts'

test('queries for the same list have the same key', () => {
  const key = listKey({ status: ['open', 'waiting'] })
  expect(
    listKey({ status: ['waiting', 'open', 'open'], q: ' ', sort: '-updated', priority: [] }),
  ).toBe(key)
  expect(listKey({ status: ['open', 'waiting'], assignee: 'me' })).not.toBe(key)
  expect(listKey({ status: ['open', 'waiting'], sort: 'created' })).not.toBe(key)
})

test('the server is asked with what restricts', () => {
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
