import { limits } from '@deskbell/contract'
import type { Position, ServerMessage } from '@deskbell/contract'
import type { Environment } from '../environment.ts'
import type { OpenTransport, Transport } from './transport.ts'

const quickMs = [1_000, 2_000, 4_000, 8_000, 16_000]
const longestMs = 30_000

/** Delay before the next attempt, in ms. It never gives up. */
function reconnectDelay(attempts: number, random: () => number): number {
  // Full jitter: clients that lost their connections together must not reconnect together.
  return quickMs[attempts] ?? random() * longestMs
}

/** Keeps a connection open and reconnects. The live session interprets the messages. */
export interface Connector {
  start(): void
  stop(): void
  transport(): Transport | undefined
  /** A message shows that the stream is alive. `isProgress`: it was more than the greeting. */
  markAlive(isProgress: boolean): void
  /** Replaces the connection: at once, or after a delay if the last one brought nothing either. */
  startOver(): void
  /** The server named the delay after which to reconnect, in ms. */
  retryAfter(ms: number): void
}

export interface ConnectorOptions {
  open: OpenTransport
  environment: Environment
  cursor: () => Position | undefined
  onOpening: () => void
  onMessage: (message: ServerMessage) => void
  onCustom: (name: string, data: unknown) => void
  onDown: () => void
  /** Awaited before the next attempt, with the server's refusal code. It may stop the connector. */
  beforeRetry: (failure: 'lost' | 'failed', code: string | undefined) => Promise<void>
}

/** A wake-up does not interrupt an attempt younger than this. */
const freshAttemptMs = 2_000

export function createConnector(options: ConnectorOptions): Connector {
  const { environment } = options
  let transport: Transport | undefined
  let isGreeted = false
  /** Attempts since the last event. */
  let attempts = 0
  let openings = 0
  let lastAliveAt = 0
  let retryAt: number | undefined
  let cancelRetry: (() => void) | undefined
  let cancelSilence: (() => void) | undefined
  let stopListening: (() => void)[] = []

  function connect(): void {
    abandon()
    openings += 1
    options.onOpening()
    watchSilence()
    transport = options.open(options.cursor(), {
      message: options.onMessage,
      custom: options.onCustom,
      lost: () => void recover('lost'),
      failed: (code) => void recover('failed', code),
    })
  }

  function abandon(): void {
    cancelRetry?.()
    cancelRetry = undefined
    cancelSilence?.()
    const old = transport
    transport = undefined
    isGreeted = false
    old?.close()
  }

  async function recover(failure: 'lost' | 'failed', code?: string): Promise<void> {
    abandon()
    options.onDown()
    const opening = openings
    await options.beforeRetry(failure, code)
    // A wake-up may have opened another connection by now.
    if (opening === openings) retryLater()
  }

  function retryLater(): void {
    const named = retryAt === undefined ? undefined : Math.max(0, retryAt - environment.now())
    retryAt = undefined
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
    lastAliveAt = environment.now()
    cancelSilence?.()
    cancelSilence = environment.after(limits.silenceMs, startOver)
  }

  /** Timers do not run in a sleeping page: this does their check. */
  function wake(): void {
    const quietMs = environment.now() - lastAliveAt
    const isOverdue = quietMs > (isGreeted ? limits.silenceMs : freshAttemptMs)
    if (transport === undefined || isOverdue) connect()
  }

  /** A dead connection can look alive for long. Reconnecting costs little if the network was there after all. */
  function cutOff(): void {
    if (transport !== undefined) void recover('lost')
  }

  return {
    start() {
      stopListening = [environment.onWake(wake), environment.onCutOff(cutOff)]
      connect()
    },
    stop() {
      // A retry that is being prepared does not happen.
      openings += 1
      for (const stopOne of stopListening) stopOne()
      abandon()
    },
    transport: () => transport,
    markAlive(isProgress) {
      isGreeted = true
      if (isProgress) attempts = 0
      watchSilence()
    },
    startOver,
    retryAfter(ms) {
      retryAt = environment.now() + ms
    },
  }
}
