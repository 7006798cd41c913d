import { Loader, VisuallyHidden } from '@mantine/core'
import classes from './splash.module.css'

/** While a page is on its way. Appears only when that takes long enough to notice. */
export function Splash() {
  return (
    <output className={classes['splash']}>
      <Loader size="sm" color="gray" aria-hidden="true" />
      <VisuallyHidden>Loading</VisuallyHidden>
    </output>
  )
}
