import type { Api } from './api.ts'
import { ApiError } from './api-error.ts'
import type { Environment } from './environment.ts'
import type { RequestTracker } from './cache/request-tracker.ts'
import type { Store } from './cache/store.ts'

/** What the modules of a desk share. */
export interface Core {
  api: Api
  environment: Environment
  /** The server's time, in ms since 1970. */
  serverNow(): number
  store: Store
  requests: RequestTracker
  /** The live connection works. */
  isUp(): boolean
  /** Tells subscribers that the state may have changed. */
  changed(): void
  /** Called for every refused call. */
  onRefusal(error: ApiError): void
  /** Resolves after this time; never once the desk has stopped. */
  sleep(ms: number): Promise<void>
}

/** Delay before the next try, in ms: what the server asked for, else exponential backoff. */
export function retryDelay(tries: number, error?: unknown): number {
  const asked = error instanceof ApiError ? error.retryInMs : undefined
  return asked ?? Math.min(500 * 2 ** tries, 30_000)
}
