/** Whoever did nothing for so long may have gone. */
const idleMs = 2 * 60_000

const uses = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const

/** Whether a person is looking at the desk in this browser. */
export interface Sight {
  /** This tab is visible, and was used in the last minutes: someone may sit idle at an open tab, or have left it. */
  isHere(): boolean
  /** Some tab of this browser is. */
  isAnywhere(): Promise<boolean>
  stop(): void
}

/** Every tab in sight holds a shared lock, which the browser takes back when the tab closes or crashes. */
export function watchSight(personId: string): Sight {
  const name = `deskbell.sight.${personId}`
  const stop = new AbortController()
  let held: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function leave() {
    clearTimeout(timer)
    held?.abort()
    held = undefined
  }

  function note() {
    if (document.hidden) return leave()
    clearTimeout(timer)
    timer = setTimeout(leave, idleMs)
    held ??= hold(name)
  }

  const options = { signal: stop.signal, capture: true, passive: true }
  for (const kind of uses) window.addEventListener(kind, note, options)
  document.addEventListener('visibilitychange', note, options)
  note()
  return {
    isHere: () => held !== undefined,
    async isAnywhere() {
      if (held !== undefined || navigator.locks === undefined) return held !== undefined
      const { held: all = [] } = await navigator.locks.query()
      return all.some((lock) => lock.name === name)
    },
    stop() {
      stop.abort()
      leave()
    },
  }
}

function hold(name: string): AbortController {
  const release = new AbortController()
  const { signal } = release
  const released = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  navigator.locks
    ?.request(name, { mode: 'shared', signal }, () => released)
    .catch(() => {
      // Released before it was granted.
    })
  return release
}
