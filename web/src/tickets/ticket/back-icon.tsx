import { IconArrowLeft, IconX } from '@tabler/icons-react'
import classes from './back-icon.module.css'

/** A cross beside the list, where it closes the ticket; an arrow on a ticket's own page, where it goes back. */
export function BackIcon() {
  return (
    <>
      <IconArrowLeft size={18} stroke={1.75} className={classes['back']} />
      <IconX size={18} stroke={1.75} className={classes['close']} />
    </>
  )
}
