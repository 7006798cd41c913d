import { filterFields } from '@deskbell/contract'
import type { FilterField } from '@deskbell/contract'

/** A change of the address that removes every filter, and keeps view, search and sort. */
export const noFilters = {
  ...(Object.fromEntries(filterFields.map((name) => [name, undefined])) as Record<
    FilterField,
    undefined
  >),
  creator: undefined,
  tag: undefined,
  tagMode: undefined,
}
