import type { Api } from './api.ts'
import { DeskError } from './desk-error.ts'
import type { Environment } from './environment.ts'
import type { Reads } from './reads.ts'
import type { Store } from './store.ts'

/** What the parts of a desk share. */
export interface Core {
  api: Api
  environment: Environment
  store: Store
  reads: Reads
  /** Something shown may have changed. */
  changed(): void
  /** Told of every refusal of a call. */
  onRefusal(error: DeskError): void
  /** Waits; for ever once the desk has stopped. */
  pause(ms: number): Promise<void>
}

/** How long to wait before asking again what was not answered: as long as the server said, or longer each time. */
export function retryDelay(tries: number, error?: unknown): number {
  const asked = error instanceof DeskError ? error.retryInMs : undefined
  return asked ?? Math.min(500 * 2 ** tries, 30_000)
}
