import { Suspense } from 'react'
import { isTangled } from './is-tangled.ts'
import { lazyPart } from './lazy-part.ts'
import classes from './markdown.module.css'

const MarkdownBody = lazyPart(() => import('./markdown-body.tsx'), 'MarkdownBody')

interface MarkdownProps {
  text: string
}

/** Markdown written by people, sanitised. Until the renderer has arrived, or where it would choke, the plain text. */
export function Markdown({ text }: MarkdownProps) {
  const plain = <p className={classes['plain']}>{text}</p>
  return (
    <div className={classes['markdown']}>
      {isTangled(text) ? (
        plain
      ) : (
        <Suspense fallback={plain}>
          <MarkdownBody text={text} />
        </Suspense>
      )}
    </div>
  )
}
