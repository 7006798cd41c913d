import { Loader, VisuallyHidden } from '@mantine/core'
import classes from './splash.module.css'

/** Shown while a page loads, and only when that takes long enough to notice. */
export function Splash() {
  return (
    <output className={classes['splash']}>
      <Loader size="sm" color="gray" aria-hidden="true" />
      <VisuallyHidden>Loading</VisuallyHidden>
    </output>
  )
}
