import type { ViewName } from '@deskbell/contract'

/** The names of the views in the rail and the palette, with the keys that lead to them. */
export const viewWords: Record<ViewName, { label: string; keys: string }> = {
  assigned: { label: 'Assigned to me', keys: 'g m' },
  unassigned: { label: 'Unassigned', keys: 'g u' },
  unseenByStaff: { label: 'Nobody has looked', keys: 'g n' },
  created: { label: 'Created by me', keys: 'g b' },
  urgent: { label: 'Urgent', keys: 'g r' },
  open: { label: 'All open', keys: 'g o' },
  closed: { label: 'Closed', keys: 'g c' },
}
