import { useDocumentTitle } from '@mantine/hooks'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { CookieRefusedError } from '../ui/cookie-refused-error.ts'
import { Mark } from '../ui/marks/mark.tsx'
import { Refusal } from '../ui/refusal.tsx'
import classes from './sign-in-frame.module.css'

const probe = 'deskbell-probe=kept'

/** Sets a cookie to find out: navigator.cookieEnabled is true even where a setting blocks the cookies of all sites. */
function keepsCookies(): boolean {
  document.cookie = `${probe}; Path=/; SameSite=Strict; Max-Age=60`
  const kept = document.cookie.includes(probe)
  document.cookie = `${probe}; Path=/; SameSite=Strict; Max-Age=0`
  return kept
}

interface SignInFrameProps {
  title: string
  /** What the page is for, or what to know first. */
  intro?: ReactNode
  children?: ReactNode
  /** Small print under the form. */
  foot?: ReactNode
}

/** Surrounds every page that needs no sign-in. */
export function SignInFrame({ title, intro, children, foot }: SignInFrameProps) {
  const [cookies] = useState(keepsCookies)
  useDocumentTitle(`${title} · Deskbell`)
  return (
    <main className={classes['page']}>
      <div className={classes['card']}>
        <p className={classes['brand']}>
          <Mark size={28} />
          Deskbell
        </p>
        <h1 className={classes['title']}>{title}</h1>
        {!cookies && (
          <div className={classes['notice']}>
            <Refusal error={new CookieRefusedError()} />
          </div>
        )}
        {intro && <p className={classes['intro']}>{intro}</p>}
        {children}
        {foot && <p className={classes['foot']}>{foot}</p>}
      </div>
    </main>
  )
}
