import { IconArrowLeft, IconX } from '@tabler/icons-react'
import classes from './back-icon.module.css'

/** Beside the list a ticket is closed; as a page one goes back. */
export function BackIcon() {
  return (
    <>
      <IconArrowLeft size={18} stroke={1.75} className={classes['back']} />
      <IconX size={18} stroke={1.75} className={classes['close']} />
    </>
  )
}
