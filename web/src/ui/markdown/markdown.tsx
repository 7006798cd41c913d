import { CatchBoundary } from '@tanstack/react-router'
import { createContext, memo, use, useEffect, useState } from 'react'
import { loadWhenServed } from '../load-when-served.ts'
import { createMarkdownFormatter } from './markdown-formatter.ts'
import { MarkdownNodes } from './markdown-nodes.tsx'
import classes from './markdown.module.css'

/** One formatter per window, with one worker. */
const formatter = createMarkdownFormatter(() => loadWhenServed(startMarkdownWorker))

/** The longest that `formatTexts` takes, in ms: on a slow device the worker loads and formats for seconds. */
const formatMs = 4_000

/** Texts that are on the screen when their page opens: once formatted, they show so at once, however large they are. */
export const TextsInSight = createContext<ReadonlySet<string>>(new Set())

/** Starts what formats texts: a page that will show some calls it while it loads them. */
export function warmFormatter(): void {
  formatter.warm()
}

/** Resolves once these texts are formatted, so that each shows in its final height at once; late ones show as written. */
export async function formatTexts(texts: readonly string[]): Promise<void> {
  const unknown = texts.filter((text) => !areFormatted([text]))
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, formatMs)
  const requests = unknown.map((text) => {
    const { promise, resolve: show } = Promise.withResolvers<unknown>()
    return { promise, withdraw: formatter.request(text, show) }
  })
  await Promise.race([late, Promise.all(requests.map(({ promise }) => promise))])
  clearTimeout(timer)
  for (const { withdraw } of requests) withdraw()
}

/** Whether these texts were formatted before. */
export function areFormatted(texts: readonly string[]): boolean {
  return texts.every((text) => formatter.isKnown(text))
}

interface MarkdownProps {
  text: string
}

/** Markdown text from people, sanitised; it shows as written until it is formatted, and when formatting fails. */
export const Markdown = memo(function Markdown({ text }: MarkdownProps) {
  return (
    <div className={classes['markdown']}>
      <CatchBoundary getResetKey={() => text} errorComponent={() => <Plain text={text} noted />}>
        <Formatted key={text} text={text} />
      </CatchBoundary>
    </div>
  )
})

function Formatted({ text }: MarkdownProps) {
  const inSight = use(TextsInSight)
  const [formatted, setFormatted] = useState(() => formatter.peek(text, inSight.has(text)))
  useEffect(
    () => (formatted === undefined ? formatter.request(text, setFormatted) : undefined),
    [text, formatted],
  )
  if (formatted === undefined) return <Plain text={text} />
  if (formatted === 'plain') return <Plain text={text} noted />
  return <MarkdownNodes nodes={formatted.nodes} />
}

function Plain({ text, noted = false }: MarkdownProps & { noted?: boolean }) {
  return (
    <>
      <p dir="auto">
        <MarkdownNodes nodes={[text]} />
      </p>
      {noted && (
        <p className={classes['note']}>Shown as it was written: it could not be formatted.</p>
      )}
    </>
  )
}

/** Resolves once the worker can format, and rejects when its script cannot be loaded. */
function startMarkdownWorker(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = () => resolve(worker)
    worker.onerror = () => reject(new Error('The worker that formats texts did not start.'))
  })
}
