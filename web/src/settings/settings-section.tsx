import { useId } from 'react'
import type { ReactNode } from 'react'
import classes from './settings.module.css'

interface SettingsSectionProps {
  title: string
  text: ReactNode
  children: ReactNode
}

/** A title and an explanation, and the settings beside them. */
export function SettingsSection({ title, text, children }: SettingsSectionProps) {
  const id = useId()
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <div>
        <h2 id={id} className={classes['title']}>
          {title}
        </h2>
        <p className={classes['text']}>{text}</p>
      </div>
      <div className={classes['fields']}>{children}</div>
    </section>
  )
}
