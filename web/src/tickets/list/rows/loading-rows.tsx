import { VisuallyHidden } from '@mantine/core'
import classes from './loading-rows.module.css'

const widths = [62, 44, 71, 53, 38, 66, 49, 58]

export function LoadingRows() {
  return (
    <div className={classes['rows']}>
      <VisuallyHidden>
        <output>Loading the tickets</output>
      </VisuallyHidden>
      {widths.map((width) => (
        <div key={width} className={classes['row']} aria-hidden="true">
          <span className={classes['mark']} />
          <span className={classes['line']} style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  )
}
