import { priorities } from '@deskbell/contract'
import type { Priority } from '@deskbell/contract'
import { priorityWords } from '../words/words.ts'

interface PriorityMarkProps {
  priority: Priority
  /** Words beside it name the priority. */
  decorative?: boolean
}

/** One, two or three bars, and a filled square for urgent: the shape distinguishes them, then the colour. */
export function PriorityMark({ priority, decorative = false }: PriorityMarkProps) {
  const label = `${priorityWords[priority]} priority`
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      style={{ color: `var(--priority-${priority})`, flex: 'none' }}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {!decorative && <title>{label}</title>}
      {priority === 'urgent' ? <Alarm /> : <Bars count={priorities.indexOf(priority) + 1} />}
    </svg>
  )
}

function Alarm() {
  return (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor" />
      <path d="M8 4v4.6" stroke="var(--surface)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="8" cy="11.7" r="1.2" fill="var(--surface)" />
    </>
  )
}

function Bars({ count }: { count: number }) {
  return [0, 1, 2].map((bar) => (
    <rect
      key={bar}
      x={1.5 + bar * 5}
      y={9 - bar * 3.5}
      width="3"
      height={5 + bar * 3.5}
      rx="1"
      fill="currentColor"
      opacity={bar < count ? 1 : 0.25}
    />
  ))
}
