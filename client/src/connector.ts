import { limits } from '@deskbell/contract'
import type { Position } from '@deskbell/contract'
import type { Environment } from './environment.ts'
import { reconnectDelay } from './reconnect-delay.ts'
import type { OpenWire, Wire } from './wire.ts'

/** Keeps trying to have a connection. What is said on it is for others to understand. */
export interface Connector {
  start(): void
  stop(): void
  wire(): Wire | undefined
  /** Something came that shows the stream to be alive. `isProgress`: not only a greeting. */
  heard(isProgress: boolean): void
  /** This connection is of no use: another one, at once, or after a while if the last one brought nothing either. */
  startOver(): void
  /** The server named the time at which it is back. */
  comeBackIn(ms: number): void
}

export interface ConnectorOptions {
  open: OpenWire
  environment: Environment
  cursor: () => Position | undefined
  onOpening: () => void
  onMessage: (name: string, args: readonly unknown[]) => void
  onDown: () => void
  /** Waited for before another attempt, with the server's code for refusing this one. May stop everything. */
  beforeRetry: (failure: 'lost' | 'failed', code: string | undefined) => Promise<void>
}

/** A wake-up leaves an attempt alone that is younger than this. */
const freshAttemptMs = 2_000

export function createConnector(options: ConnectorOptions): Connector {
  const { environment } = options
  let wire: Wire | undefined
  let isGreeted = false
  /** Attempts since the stream was last heard. */
  let attempts = 0
  let openings = 0
  let heardAt = 0
  let comeBackAt: number | undefined
  let cancelRetry: (() => void) | undefined
  let cancelSilence: (() => void) | undefined
  let stopListening: (() => void)[] = []

  function connect(): void {
    abandon()
    openings += 1
    options.onOpening()
    watchSilence()
    wire = options.open(options.cursor(), {
      message: options.onMessage,
      lost: () => void recover('lost'),
      failed: (code) => void recover('failed', code),
    })
  }

  function abandon(): void {
    cancelRetry?.()
    cancelRetry = undefined
    cancelSilence?.()
    const old = wire
    wire = undefined
    isGreeted = false
    old?.close()
  }

  async function recover(failure: 'lost' | 'failed', code?: string): Promise<void> {
    abandon()
    options.onDown()
    const opening = openings
    await options.beforeRetry(failure, code)
    // A wake-up may have opened another one meanwhile.
    if (opening === openings) retryLater()
  }

  function retryLater(): void {
    const named = comeBackAt === undefined ? undefined : Math.max(0, comeBackAt - environment.now())
    comeBackAt = undefined
    const waitMs = named ?? reconnectDelay(attempts, environment.random)
    if (named === undefined) attempts += 1
    cancelRetry?.()
    cancelRetry = environment.after(waitMs, connect)
  }

  function startOver(): void {
    abandon()
    options.onDown()
    if (attempts > 0) return retryLater()
    attempts = 1
    connect()
  }

  function watchSilence(): void {
    heardAt = environment.now()
    cancelSilence?.()
    cancelSilence = environment.after(limits.silenceMs, startOver)
  }

  /** Timers of a sleeping page do not run: what they would have found is looked for here. */
  function wake(): void {
    const quietMs = environment.now() - heardAt
    const isOverdue = quietMs > (isGreeted ? limits.silenceMs : freshAttemptMs)
    if (wire === undefined || isOverdue) connect()
  }

  /** A dead connection can look alive for long. To try a new one costs little where the network was there after all. */
  function cutOff(): void {
    if (wire !== undefined) void recover('lost')
  }

  return {
    start() {
      stopListening = [environment.onWake(wake), environment.onCutOff(cutOff)]
      connect()
    },
    stop() {
      // No attempt that is being thought about follows.
      openings += 1
      for (const stopOne of stopListening) stopOne()
      abandon()
    },
    wire: () => wire,
    heard(isProgress) {
      isGreeted = true
      if (isProgress) attempts = 0
      watchSilence()
    },
    startOver,
    comeBackIn(ms) {
      comeBackAt = environment.now() + ms
    },
  }
}
