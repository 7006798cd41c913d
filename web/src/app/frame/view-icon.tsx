import {
  IconAlertSquareRounded,
  IconArchive,
  IconEyeOff,
  IconInbox,
  IconPencil,
  IconUserQuestion,
  IconUserCheck,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { ViewName } from '@deskbell/contract'

const icons: Record<ViewName, Icon> = {
  assigned: IconUserCheck,
  unassigned: IconUserQuestion,
  unseenByStaff: IconEyeOff,
  created: IconPencil,
  urgent: IconAlertSquareRounded,
  open: IconInbox,
  closed: IconArchive,
}

interface ViewIconProps {
  view: ViewName
}

export function ViewIcon({ view }: ViewIconProps) {
  const Icon = icons[view]
  return <Icon size={18} stroke={1.6} aria-hidden="true" />
}
