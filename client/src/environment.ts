import { browserOutbox } from './outbox/place.ts'
import type { OutboxPlace } from './outbox/place.ts'

/** What the SDK needs from its runtime. Every part has a default that works in browsers and in Node. */
export interface Environment {
  fetch: typeof fetch
  /** Sent with every call and handshake. For programs outside a browser, which have no cookie jar. */
  headers: Readonly<Record<string, string>>
  now(): number
  /** From 0 up to 1. */
  random(): number
  /** Calls back once after that time. Returns the canceller. */
  after(ms: number, callback: () => void): () => void
  /** Calls back when a lost connection may work again: the page becomes visible, or the network returns. */
  onWake(listener: () => void): () => void
  /** Calls back when the device goes offline. It may be wrong, and does not notice a server that is down. */
  onCutOff(listener: () => void): () => void
  /** Where drafts are kept on the device. Absent: nowhere, and none are saved on the server. */
  storage: Storage | undefined
  /** Calls back when another window of the browser changed the storage, with the key. */
  onStorage(listener: (key: string | null) => void): () => void
  /** Calls back when the page is hidden or left. */
  onHide(listener: () => void): () => void
  /** Where changes wait until the server has them. Undefined: in memory, for half a minute. */
  outbox: OutboxPlace | undefined
  /** Receives bugs: a listener that throws, an event that cannot be applied. */
  report(bug: unknown): void
}

export function defaultEnvironment(): Environment {
  return {
    fetch: (input, init) => fetch(input, init),
    headers: {},
    now: () => Date.now(),
    random: () => Math.random(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    onWake,
    onCutOff,
    storage: typeof window === 'undefined' ? undefined : window.localStorage,
    onStorage,
    onHide,
    outbox: browserOutbox(),
    report,
  }
}

function onWake(listener: () => void): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => undefined
  const onVisible = () => {
    if (document.visibilityState === 'visible') listener()
  }
  window.addEventListener('online', listener)
  window.addEventListener('pageshow', listener)
  document.addEventListener('visibilitychange', onVisible)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('pageshow', listener)
    document.removeEventListener('visibilitychange', onVisible)
  }
}

function onCutOff(listener: () => void): () => void {
  if (typeof window === 'undefined') return () => undefined
  window.addEventListener('offline', listener)
  return () => window.removeEventListener('offline', listener)
}

function onStorage(listener: (key: string | null) => void): () => void {
  if (typeof window === 'undefined') return () => undefined
  const onChange = ({ key }: StorageEvent) => listener(key)
  window.addEventListener('storage', onChange)
  return () => window.removeEventListener('storage', onChange)
}

function onHide(listener: () => void): () => void {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => undefined
  const onHidden = () => {
    if (document.visibilityState === 'hidden') listener()
  }
  window.addEventListener('pagehide', listener)
  document.addEventListener('visibilitychange', onHidden)
  return () => {
    window.removeEventListener('pagehide', listener)
    document.removeEventListener('visibilitychange', onHidden)
  }
}

function report(bug: unknown): void {
  if (typeof reportError === 'function') return reportError(bug)
  queueMicrotask(() => {
    throw bug
  })
}
