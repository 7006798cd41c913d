import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '../../../shell/search-params.ts'
import { readListSearch } from './list-search.ts'
import { toListQuery } from './to-list-query.ts'

const tag = '01980000-0000-7000-8000-000000000036'

test('the address of a list reads back as it was written', () => {
  const search = readListSearch({
    view: 'urgent',
    status: 'waiting,open',
    priority: 'urgent',
    assignee: 'none',
    creator: 'me',
    tag: `${tag},${tag.replace('0', '1')}`,
    tagMode: 'none',
    sort: 'created',
    q: 'paper jam, again',
  })
  expect(search.status).toEqual(['open', 'waiting'])
  expect(readListSearch(parseSearch(stringifySearch({ ...search })))).toEqual(search)
})

test('a list of words keeps its commas legible in the address', () => {
  expect(stringifySearch({ status: ['open', 'waiting'] })).toBe('?status=open,waiting')
})

test('wrong values in the address are ignored', () => {
  const search = { view: 'nope', status: 'open,nope', sort: 'x', assignee: 'Bob', q: ' ', n: 1 }
  expect(readListSearch(search)).toEqual({ status: ['open'] })
  expect(readListSearch({ tag: 'nope', tagMode: 'all' })).toEqual({})
})

test('a number in the address is a search like any other', () => {
  expect(readListSearch(parseSearch('?q=1042'))).toEqual({ q: '1042' })
})

test('without a choice the list shows the open tickets', () => {
  expect(toListQuery({})).toEqual({ status: ['open', 'in_progress', 'waiting'] })
})

test('a choice narrows its view', () => {
  expect(toListQuery({ view: 'urgent', status: ['waiting'], sort: 'created' })).toEqual({
    status: ['waiting'],
    priority: ['urgent'],
    sort: 'created',
  })
})

test('a search looks beyond the view, but keeps the filters', () => {
  expect(toListQuery({ view: 'urgent', q: ' jam ', assignee: 'me' })).toEqual({
    q: 'jam',
    assignee: 'me',
  })
})
