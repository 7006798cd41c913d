import classes from './not-kept.module.css'

/** The promise that nothing is lost does not hold here. */
export function NotKept() {
  return (
    <p className={classes['warning']} role="status">
      This browser keeps no drafts: what you write here is lost when you leave the page.
    </p>
  )
}
