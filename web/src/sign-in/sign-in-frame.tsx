import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { Mark } from '../ui/mark.tsx'
import classes from './sign-in-frame.module.css'

interface SignInFrameProps {
  title: string
  /** What this page is for, or what to know first. */
  intro?: ReactNode
  children?: ReactNode
  /** Small print under the form. */
  foot?: ReactNode
}

/** The page around everything before one is signed in. */
export function SignInFrame({ title, intro, children, foot }: SignInFrameProps) {
  useDocumentTitle(`${title} · Deskbell`)
  return (
    <main className={classes['page']}>
      <div className={classes['card']}>
        <p className={classes['brand']}>
          <Mark size={28} />
          Deskbell
        </p>
        <h1 className={classes['title']}>{title}</h1>
        {intro && <p className={classes['intro']}>{intro}</p>}
        {children}
        {foot && <p className={classes['foot']}>{foot}</p>}
      </div>
    </main>
  )
}
