import type { ReactNode } from 'react'
import { useId } from 'react'
import classes from './side-section.module.css'

interface SideSectionProps {
  title: string
  action?: ReactNode
  children: ReactNode
}

export function SideSection({ title, action, children }: SideSectionProps) {
  const id = useId()
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <div className={classes['head']}>
        <h2 id={id} className={classes['title']}>
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  )
}
