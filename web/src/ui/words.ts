import type { Priority, Role, Status } from '@deskbell/contract'

export const statusWords: Record<Status, string> = {
  open: 'Open',
  in_progress: 'In progress',
  waiting: 'Waiting',
  resolved: 'Resolved',
  closed: 'Closed',
}

export const priorityWords: Record<Priority, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
}

export const roleWords: Record<Role, string> = {
  sales: 'Sales',
  admin: 'Admin',
  super_admin: 'Super admin',
}
