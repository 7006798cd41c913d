import type { Priority, Status, Theme } from '@deskbell/contract'

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

export const themeWords: Record<Theme, string> = {
  auto: 'As the device',
  light: 'Light',
  dark: 'Dark',
}
