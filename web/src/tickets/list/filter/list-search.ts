import { fields, filterFields, sorts, viewNames } from '@deskbell/contract'
import type { FieldFilters, Filter, Sort, ViewName } from '@deskbell/contract'

/** The list's view, filters, search and sort in the URL. */
export interface ListSearch extends Partial<FieldFilters> {
  view?: ViewName
  /** A person's id or `me`. */
  creator?: string
  /** Ids of tags, and whether a ticket needs any, all or none of them. Absent: any. */
  tag?: string[]
  tagMode?: 'all' | 'none'
  sort?: Sort
  q?: string
}

/** Reads the URL and leaves out values that it does not understand. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const read: ListSearch = {}
  const view = oneOf(viewNames, search['view'])
  const sort = oneOf(sorts, search['sort'])
  if (view !== undefined) read.view = view
  for (const name of filterFields) {
    if (name === 'assignee') continue
    const wanted = wantedOf(fields[name].filter, search[name])
    if (wanted.length > 0) Object.assign(read, { [name]: wanted })
  }
  if (isPerson(search['assignee']) || search['assignee'] === 'none')
    read.assignee = search['assignee']
  if (isPerson(search['creator'])) read.creator = search['creator']
  const tag = wordsOf(search['tag']).filter((id) => uuid.test(id))
  const tagMode = oneOf(['all', 'none'] as const, search['tagMode'])
  if (tag.length > 0) read.tag = tag
  if (tag.length > 0 && tagMode !== undefined) read.tagMode = tagMode
  if (sort !== undefined) read.sort = sort
  if (typeof search['q'] === 'string' && search['q'].trim() !== '') read.q = search['q']
  return read
}

function oneOf<T extends string>(names: readonly T[], value: unknown): T | undefined {
  return names.find((name) => name === value)
}

/** The words that can be wanted of a field. */
function wantedOf(
  { values, isValue = () => true }: Filter<never, never>,
  value: unknown,
): string[] {
  const wanted = wordsOf(value).filter((word) => word !== '' && isValue(word))
  return values === undefined ? wanted : values.filter((name) => wanted.includes(name))
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',')
  return Array.isArray(value) ? value.map(String) : []
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isPerson(value: unknown): value is string {
  return typeof value === 'string' && (value === 'me' || uuid.test(value))
}
