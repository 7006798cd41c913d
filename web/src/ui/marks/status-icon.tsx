import type { Status } from '@deskbell/contract'
import type { ReactNode } from 'react'

/** Every status has a shape of its own, so that colour is never the only sign. */
const shapes: Record<Status, ReactNode> = {
  open: <circle cx="7" cy="7" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  in_progress: (
    <>
      <circle cx="7" cy="7" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M7 3.75a3.25 3.25 0 0 1 0 6.5z" fill="currentColor" />
    </>
  ),
  waiting: (
    <>
      <circle cx="7" cy="7" r="5.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M5.7 5.2v3.6M8.3 5.2v3.6"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
    </>
  ),
  resolved: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" />
      <path
        d="m4.4 7.2 1.8 1.8 3.5-3.8"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  closed: (
    <>
      <rect x="1" y="1" width="12" height="12" rx="3" fill="currentColor" />
      <path d="M4.5 7h5" stroke="var(--surface)" strokeWidth="1.5" strokeLinecap="round" />
    </>
  ),
}

interface StatusIconProps {
  status: Status
}

/** The sign of a status, in its colour. Words beside it must name the status. */
export function StatusIcon({ status }: StatusIconProps) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      aria-hidden="true"
      style={{ color: `var(--status-${status})`, flex: 'none' }}
    >
      {shapes[status]}
    </svg>
  )
}
