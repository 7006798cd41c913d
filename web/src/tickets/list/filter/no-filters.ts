/** A change of the address that takes every filter away, and leaves view, search and sort. */
export const noFilters = {
  status: undefined,
  priority: undefined,
  assignee: undefined,
  creator: undefined,
}
