import classes from './not-kept.module.css'

/** Says that this browser does not keep the text. */
export function NotKept() {
  return (
    <p className={classes['warning']} role="status">
      This browser keeps no drafts: what you write here is lost when you leave the page.
    </p>
  )
}
