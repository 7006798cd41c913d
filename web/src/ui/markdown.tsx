import { lazy, Suspense } from 'react'
import classes from './markdown.module.css'

const MarkdownBody = lazy(() =>
  import('./markdown-body.tsx').then((module) => ({ default: module.MarkdownBody })),
)

interface MarkdownProps {
  text: string
}

/** Markdown written by people, sanitised. Until the renderer has arrived, the plain text. */
export function Markdown({ text }: MarkdownProps) {
  return (
    <div className={classes['markdown']}>
      <Suspense fallback={<p className={classes['plain']}>{text}</p>}>
        <MarkdownBody text={text} />
      </Suspense>
    </div>
  )
}
