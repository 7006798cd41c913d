import type { Sort, ViewName } from '@deskbell/contract'

export interface Toast {
  id: string
  /** `done`: what the person did themselves. */
  tone: 'plain' | 'error' | 'urgent' | 'done'
  title: string
  /** The last sentences of the toast, oldest first. Those of a burst are the titles of its tickets. */
  lines: readonly string[]
  /** How many sentences came before them. */
  earlier: number
  /** Clicking the toast opens this ticket. */
  ticketNumber: number | undefined
  /** A button; `keys` do the same, in the form that `useShortcut` takes. */
  action: { label: string; keys: string; run: () => void } | undefined
  lastsMs: number
  /** Absent: the toast is about what the person did here. */
  news: News | undefined
  /** The toasts that became this one, by id: none, or at least two. */
  burst: ReadonlySet<string>
  /** Grows with each new line and restarts the timer. */
  version: number
}

/** What someone else did to a ticket. Toasts of one group that stand at the same time become one, a burst. */
export interface News {
  group: string
  /** The title for several tickets: "4 new tickets". */
  several: (tickets: number) => string
  /** The list that shows them. */
  where: { view: ViewName; sort?: Sort }
}

/** A toast to show. If a toast on the screen has the same id, its line is added to that one. */
export type NewToast = Partial<
  Pick<Toast, 'id' | 'tone' | 'ticketNumber' | 'action' | 'lastsMs' | 'news'>
> & {
  title: string
  line?: string
}

/** What the corner shows. */
interface Corner {
  toasts: readonly Toast[]
  /** How many more there were while these stood: those that had to go before their time. */
  more: number
  /** The toasts under the pointer or with the focus, by id. While there is one, none leaves by itself. */
  held: ReadonlySet<string>
}

const atMost = 3
const linesShown = 2
const empty: Corner = { toasts: [], more: 0, held: new Set() }

function createToastStore() {
  let corner = empty
  let made = 0
  const listeners = new Set<() => void>()

  function put(next: Corner) {
    corner = next.toasts.length === 0 ? empty : next
    for (const listener of listeners) listener()
  }

  return {
    current: () => corner,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    show: ({ line, ...toast }: NewToast) => {
      made += 1
      const next: Toast = {
        id: `toast-${made}`,
        tone: 'plain',
        ticketNumber: undefined,
        action: undefined,
        lastsMs: 5000,
        news: undefined,
        ...toast,
        lines: line === undefined ? [] : [line],
        earlier: 0,
        burst: new Set(),
        version: made,
      }
      put(withToast(corner, next))
    },
    dismiss: (id: string) =>
      put({
        ...corner,
        toasts: corner.toasts.filter((toast) => toast.id !== id),
        held: without(corner.held, id),
      }),
    dismissAll: () => put(empty),
    hold: (id: string) => put({ ...corner, held: new Set([...corner.held, id]) }),
    letGo: (id: string) => put({ ...corner, held: without(corner.held, id) }),
  }
}

/** One store per window, like the corner that shows it. */
export const toastStore = createToastStore()

function withToast(corner: Corner, next: Toast): Corner {
  const { toasts, held } = corner
  const same = toasts.find(({ id }) => id === next.id)
  if (same !== undefined) return withReplaced(corner, same, gathered(same, next))
  const kin = toasts.find((toast) => mayBecomeBurst(toast, next, held))
  if (kin !== undefined) return withReplaced(corner, kin, burstOf(kin, next))
  const all = [...toasts, next]
  if (all.length <= atMost) return { ...corner, toasts: all }
  const leaving = leavingOf(all, next, held)
  const left = Math.max(leaving.burst.size, 1)
  return {
    toasts: all.filter((toast) => toast !== leaving),
    more: corner.more + left,
    held: without(held, leaving.id),
  }
}

function withReplaced(corner: Corner, before: Toast, after: Toast): Corner {
  return { ...corner, toasts: corner.toasts.map((toast) => (toast === before ? after : toast)) }
}

/** Several changes of one ticket. Those of several groups stay by themselves. */
function gathered(before: Toast, next: Toast): Toast {
  const lines = [...before.lines, ...next.lines]
  const isOneGroup = before.news?.group === next.news?.group
  return {
    ...next,
    news: next.news && (isOneGroup ? next.news : { ...next.news, group: next.id }),
    lines: lines.slice(-linesShown),
    earlier: before.earlier + Math.max(lines.length - linesShown, 0),
  }
}

/** A toast that is read or pressed right now does not turn into another one. */
function mayBecomeBurst({ id, news, burst }: Toast, next: Toast, held: Corner['held']): boolean {
  const isKin = news !== undefined && news.group === next.news?.group
  return isKin && (burst.size > 0 || !held.has(id))
}

function burstOf(before: Toast, next: Toast): Toast {
  const isBurst = before.burst.size > 0
  const known = isBurst ? before.burst : new Set([before.id])
  const burst = new Set([...known, next.id])
  const titles = isBurst ? before.lines : [before.title]
  const lines = known.has(next.id) ? titles : [...titles, next.title].slice(-linesShown)
  return {
    ...next,
    id: isBurst ? before.id : `burst of ${next.id}`,
    title: next.news?.several(burst.size) ?? next.title,
    lines,
    earlier: burst.size - lines.length,
    ticketNumber: undefined,
    burst,
  }
}

/**
 * Which of too many toasts has to go. News go first unless they are urgent, the oldest before the others, and what the
 * person can still undo last. Under the pointer nothing moves: news that come meanwhile go at once.
 */
function leavingOf(all: readonly Toast[], next: Toast, held: Corner['held']): Toast {
  if (held.size > 0 && isPassing(next)) return next
  return all.reduce((least, toast) => (worthOf(toast, held) < worthOf(least, held) ? toast : least))
}

function worthOf(toast: Toast, held: Corner['held']): number {
  if (held.has(toast.id)) return 3
  if (toast.action !== undefined) return 2
  return isPassing(toast) ? 0 : 1
}

function isPassing({ news, tone }: Toast): boolean {
  return news !== undefined && tone !== 'urgent'
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id))
}
