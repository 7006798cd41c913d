import classes from './new-mark.module.css'

/** Stands before the first item that the reader has not seen. */
export function NewMark() {
  return (
    <li className={classes['mark']} data-new-mark data-anchor="new">
      <span>New</span>
    </li>
  )
}
