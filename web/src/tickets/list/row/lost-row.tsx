import classes from './ticket-row.module.css'

interface LostRowProps {
  start: number
  size: number
}

/** Keeps the place of a ticket under the pointer, and nothing of what it said. */
export function LostRow({ start, size }: LostRowProps) {
  return (
    <li
      className={classes['row']}
      style={{ height: size, transform: `translateY(${start}px)` }}
      data-lost
    >
      <span className={classes['lost']}>You can no longer see this ticket</span>
    </li>
  )
}
