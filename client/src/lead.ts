/** Lets one of several tabs lead. */
export interface Leadership {
  /** False: every tab leads. */
  readonly isExclusive: boolean
  /** Leads although another tab does. */
  take(): void
  release(): void
}

export interface LeadershipListener {
  onLead(): void
  /** Another tab took over. */
  onLost(): void
}

/** Asks to lead the tabs of this browser under a name. Pages on plain http have no Web Locks: there every tab leads. */
export function lead(name: string, { onLead, onLost }: LeadershipListener): Leadership {
  if (navigator.locks === undefined) {
    queueMicrotask(onLead)
    return { isExclusive: false, take: () => undefined, release: () => undefined }
  }
  const stop = new AbortController()
  const released = new Promise<void>((resolve) =>
    stop.signal.addEventListener('abort', () => resolve()),
  )
  const hold = () => {
    if (!stop.signal.aborted) onLead()
    return released
  }
  const ask = (options: LockOptions) => {
    navigator.locks.request(name, options, hold).catch(() => {
      // Stolen: this tab leads again once the other one is closed.
      if (stop.signal.aborted) return
      onLost()
      ask({ signal: stop.signal })
    })
  }
  ask({ signal: stop.signal })
  return { isExclusive: true, take: () => ask({ steal: true }), release: () => stop.abort() }
}
