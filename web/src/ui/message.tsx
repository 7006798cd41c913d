import type { ReactNode } from 'react'
import classes from './message.module.css'

interface MessageProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  /** The next step, usually a button. */
  action?: ReactNode
  /** `page` when the page has no other heading. */
  heading?: 'page' | 'section'
}

/** A short message in the middle of an empty place. */
export function Message({ icon, title, children, action, heading = 'section' }: MessageProps) {
  const Heading = heading === 'page' ? 'h1' : 'h2'
  return (
    <div className={classes['message']}>
      <span className={classes['icon']} aria-hidden="true">
        {icon}
      </span>
      <Heading className={classes['title']}>{title}</Heading>
      {children !== undefined && <p className={classes['text']}>{children}</p>}
      {action !== undefined && <div className={classes['action']}>{action}</div>}
    </div>
  )
}
