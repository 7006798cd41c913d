import { priorities, sorts, statuses, viewNames } from '@deskbell/contract'
import type { Priority, Sort, Status, ViewName } from '@deskbell/contract'

/** The list's view, filters, search and sort in the URL. */
export interface ListSearch {
  view?: ViewName
  status?: Status[]
  priority?: Priority[]
  /** A person's id, `me` or `none`. */
  assignee?: string
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
  const status = someOf(statuses, search['status'])
  const priority = someOf(priorities, search['priority'])
  const sort = oneOf(sorts, search['sort'])
  if (view !== undefined) read.view = view
  if (status.length > 0) read.status = status
  if (priority.length > 0) read.priority = priority
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

function someOf<T extends string>(names: readonly T[], value: unknown): T[] {
  const wanted = wordsOf(value)
  return names.filter((name) => wanted.includes(name))
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',')
  return Array.isArray(value) ? value.map(String) : []
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isPerson(value: unknown): value is string {
  return typeof value === 'string' && (value === 'me' || uuid.test(value))
}
