import { VisuallyHidden } from '@mantine/core'
import classes from './ticket-skeleton.module.css'

/** A placeholder in the shape of a ticket while it loads. */
export function TicketSkeleton() {
  return (
    <div className={classes['skeleton']} role="status">
      <VisuallyHidden component="h1">Loading the ticket</VisuallyHidden>
      <div className={classes['pills']} aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
      <span className={classes['title']} aria-hidden="true" />
      {[86, 64, 92, 40].map((width) => (
        <span
          key={width}
          className={classes['line']}
          style={{ width: `${width}%` }}
          aria-hidden="true"
        />
      ))}
    </div>
  )
}
