import type { ComponentProps, ReactNode } from 'react'
import classes from './page.module.css'

interface PageProps {
  title: ReactNode
  /** Shown beside the title. */
  action?: ReactNode
  narrow?: boolean
  children: ReactNode
}

/** A page that scrolls as a whole, with its title at the top. */
export function Page({ title, action, narrow = false, children }: PageProps) {
  return (
    <div className={classes['page']} data-narrow={narrow || undefined}>
      <header className={classes['head']}>
        <h1>{title}</h1>
        {action}
      </header>
      {children}
    </div>
  )
}

/** A list of rows, divided by lines. */
export function PageList(props: ComponentProps<'ul'>) {
  return <ul {...props} className={classes['list']} />
}
