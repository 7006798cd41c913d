import type { MarkdownTree } from './markdown-tree.ts'

/** The tree of a text, or `plain`: the text is shown as it was written. */
export type Formatted = MarkdownTree | 'plain'

export interface MarkdownFormatter {
  /** Starts the worker, so that it is there before the first text. */
  warm(): void
  /** The known result for a text; unless it may be large, only if it can be shown together with many others. */
  peek(text: string, mayBeLarge: boolean): Formatted | undefined
  /** Whether the result for a text is known: it shows at once, or as soon as it is its turn. */
  isKnown(text: string): boolean
  /** Calls `show` once, in a later task. Returns a function that withdraws the request. */
  request(text: string, show: (formatted: Formatted) => void): () => void
}

type Show = (formatted: Formatted) => void

/** A larger tree waits for its turn even when it is known: a page of them at once would block. */
const smallSize = 200

/** Each time that texts show, the page renders and lays out: this many elements and pieces of text share one time. */
const togetherSize = 500

/** A text of this many characters formats in a few milliseconds, whatever it contains: others may wait for it. */
const shortCharacters = 2_000

/** The cache holds the trees of texts with this many characters in all. */
const keptCharacters = 500_000

/** Counted in ticks of a timer that stops while the tab or the computer sleeps, so that sleep does not count. */
const tickMs = 500
const ticksAtMost = 4

/**
 * Formats texts in a worker, one at a time, each within a deadline. A text that takes too long ends the worker, which
 * starts again for the next text.
 */
export function createMarkdownFormatter(startWorker: () => Promise<Worker>): MarkdownFormatter {
  const known = new Map<string, Formatted>()
  const waiting = new Map<string, Set<Show>>()
  /** Undefined inside when the script does not exist any more, or something between here and the server blocks it. */
  let worker: Promise<Worker | undefined> | undefined
  let running = false

  async function run(): Promise<void> {
    if (running) return
    running = true
    while (waiting.size > 0) {
      await showNext()
      // The page shows these texts before it gets the next.
      await nextTask()
    }
    running = false
  }

  /** Shows a long text alone, and as many short ones at once as a page can show without a pause. */
  async function showNext(): Promise<void> {
    const ready = new Map<string, Formatted>()
    let size = 0
    while (size < togetherSize) {
      const text = shortest(waiting, ready)
      if (text === undefined || (ready.size > 0 && text.length > shortCharacters)) break
      const formatted = known.get(text) ?? (await format(text))
      ready.set(text, formatted)
      size += formatted === 'plain' ? 1 : formatted.size
    }
    for (const [text, formatted] of ready) {
      for (const show of waiting.get(text) ?? []) show(formatted)
      waiting.delete(text)
    }
  }

  async function format(text: string): Promise<Formatted> {
    const started = await start()
    if (started === undefined) return 'plain'
    const formatted = await answerOf(started, text)
    if (formatted === 'late') {
      started.terminate()
      worker = undefined
    }
    return keep(text, formatted === 'late' ? 'plain' : formatted)
  }

  function start(): Promise<Worker | undefined> {
    worker ??= startWorker().catch(() => undefined)
    return worker
  }

  function keep(text: string, formatted: Formatted): Formatted {
    known.set(text, formatted)
    let characters = 0
    for (const one of [...known.keys()].reverse()) {
      characters += one.length
      if (characters > keptCharacters) known.delete(one)
    }
    return formatted
  }

  return {
    warm: () => void start(),
    peek(text, mayBeLarge) {
      const formatted = known.get(text)
      const isSmall = formatted === 'plain' || (formatted?.size ?? 0) <= smallSize
      return isSmall || mayBeLarge ? formatted : undefined
    },
    isKnown: (text) => known.has(text),
    request(text, show) {
      const shows = waiting.get(text) ?? new Set()
      waiting.set(text, shows.add(show))
      void run()
      return () => {
        shows.delete(show)
        if (shows.size === 0 && waiting.get(text) === shows) waiting.delete(text)
      }
    },
  }
}

function answerOf(worker: Worker, text: string): Promise<Formatted | 'late'> {
  return new Promise((resolve) => {
    let ticks = 0
    const clock = setInterval(() => {
      ticks += 1
      if (ticks === ticksAtMost) settle('late')
    }, tickMs)

    function settle(formatted: Formatted | 'late') {
      clearInterval(clock)
      resolve(formatted)
    }

    worker.onmessage = ({ data }: MessageEvent<MarkdownTree | undefined>) => settle(data ?? 'plain')
    worker.onerror = () => settle('late')
    worker.postMessage(text)
  })
}

/** Short texts come first, so that they do not wait for long ones, which may take longest. */
function shortest(
  waiting: ReadonlyMap<string, unknown>,
  ready: ReadonlyMap<string, unknown>,
): string | undefined {
  let found: string | undefined
  for (const text of waiting.keys()) {
    if (ready.has(text)) continue
    if (found === undefined || text.length < found.length) found = text
  }
  return found
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
