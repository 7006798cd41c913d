import classes from './ticket-row.module.css'

interface LostRowProps {
  start: number
  size: number
}

/** Keeps the place of a ticket that the reader may not see any more, and shows nothing of it. */
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
