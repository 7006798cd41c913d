/** A change of the address that removes every filter, and keeps view, search and sort. */
export const noFilters = {
  status: undefined,
  priority: undefined,
  assignee: undefined,
  creator: undefined,
  tag: undefined,
  tagMode: undefined,
}
