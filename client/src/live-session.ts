import { limits } from '@deskbell/contract'
import type { DeskEvent, Meta, Position, SyncReady } from '@deskbell/contract'
import { createCursor } from './cursor.ts'
import type { Environment } from './environment.ts'
import { reconnectDelay } from './reconnect-delay.ts'
import type { Connection } from './types.ts'
import type { OpenWire, Wire } from './wire.ts'

export interface LiveSession {
  start(): void
  isConnected(): boolean
  socketId(): string | undefined
  /** The person was signed out: nothing is tried again. */
  end(reason: string): void
  stop(): void
}

export interface LiveSessionOptions {
  open: OpenWire
  environment: Environment
  /** Whether there is still a session, asked when a handshake fails: the refusal itself cannot be seen on a WebSocket. */
  askSession: () => Promise<'ended' | 'unknown'>
  /** The stream begins here: what is shown must stand for this position or a later one of this stream. */
  onStart: (position: Position) => void
  /** The next event of the stream. When it throws, everything is read anew. */
  onEvent: (event: DeskEvent) => void
  /** There is nothing for this reader up to here. */
  onPosition: (position: Position) => void
  onCustom: (name: string, data: unknown) => void
  onConnection: (connection: Connection) => void
}

/** A wake-up leaves an attempt alone that is younger than this. */
const freshAttemptMs = 2_000

/** Keeps a connection to the server, for ever, and hands on the stream without holes or doubles. */
export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const { open, environment } = options
  const cursor = createCursor()
  let wire: Wire | undefined
  let isReady = false
  /** Attempts since the stream was last heard. */
  let attempts = 0
  let generation = 0
  let openedAt = 0
  let heardAt = 0
  let downSince: number | undefined
  let comeBackAt: number | undefined
  /** Why sessions of this person ended, when that was the last thing heard. */
  let endedReason: string | undefined
  let cancelRetry: (() => void) | undefined
  let cancelSilence: (() => void) | undefined
  let isOver = false

  function connect(): void {
    abandon()
    cursor.opened()
    generation += 1
    openedAt = environment.now()
    watchSilence()
    wire = open(cursor.position(), {
      message: hear,
      lost: () => void recover(endedReason),
      failed: (code) =>
        void recover(code === undefined || code === 'session.none' ? 'expired' : undefined),
    })
  }

  function abandon(): void {
    cancelRetry?.()
    cancelRetry = undefined
    cancelSilence?.()
    const old = wire
    wire = undefined
    isReady = false
    old?.close()
  }

  /** The connection is gone. `suspicion`: why the session may have ended, which is asked before trying again. */
  async function recover(suspicion: string | undefined): Promise<void> {
    abandon()
    tellDown()
    if (suspicion !== undefined) {
      const asked = generation
      const session = await options.askSession()
      if (isOver || asked !== generation) return
      if (session === 'ended') return end(suspicion)
    }
    retryLater()
  }

  function retryLater(): void {
    const now = environment.now()
    const named = comeBackAt === undefined ? undefined : Math.max(0, comeBackAt - now)
    comeBackAt = undefined
    const waitMs = named ?? reconnectDelay(attempts, environment.random)
    if (named === undefined) attempts += 1
    cancelRetry?.()
    cancelRetry = environment.after(waitMs, connect)
  }

  /** At once the first time; like any failure when that brought nothing. */
  function startOver(): void {
    if (attempts > 0) {
      abandon()
      tellDown()
      return retryLater()
    }
    attempts = 1
    connect()
    options.onConnection({ state: 'connecting' })
  }

  function hole(): void {
    cursor.foundHole()
    startOver()
  }

  function hear(name: string, args: readonly unknown[]): void {
    switch (name) {
      case 'sync:ready':
        return begin(args[0] as SyncReady)
      case 'sync:position':
        return takePosition(args[0] as Position & { after: number })
      case 'sync:restarting':
      case 'sync:unavailable':
        comeBackAt = environment.now() + (args[0] as { retryInMs: number }).retryInMs
        return
      case 'sync:refused':
        return
    }
    const [data, meta] = args
    if (isMeta(meta)) return takeEvent({ name, data, meta } as DeskEvent)
    options.onCustom(name, data)
  }

  function begin(message: SyncReady): void {
    const outcome = cursor.ready(message)
    if (outcome === 'hole') return hole()
    isReady = true
    downSince = undefined
    endedReason = undefined
    watchSilence()
    const position = cursor.position()
    if (outcome === 'start' && position !== undefined) options.onStart(position)
    tellUp()
  }

  function takePosition(message: Position & { after: number }): void {
    if (!cursor.follows(message)) return hole()
    cursor.moveTo(message)
    options.onPosition(message)
    heard(undefined)
  }

  function takeEvent(event: DeskEvent): void {
    if (!cursor.follows(event.meta)) return hole()
    const taken = generation
    try {
      options.onEvent(event)
    } catch (thrown) {
      environment.report(thrown)
      cursor.forget()
      return startOver()
    }
    if (isOver || taken !== generation) return
    cursor.moveTo(event.meta)
    heard(event.name === 'session:ended' ? event.data.reason : undefined)
  }

  function heard(ended: string | undefined): void {
    attempts = 0
    endedReason = ended
    watchSilence()
    tellUp()
  }

  function watchSilence(): void {
    heardAt = environment.now()
    cancelSilence?.()
    cancelSilence = environment.after(limits.silenceMs, () => {
      tellDown()
      startOver()
    })
  }

  function tellUp(): void {
    const remaining = cursor.remaining()
    options.onConnection(remaining > 0 ? { state: 'catchingUp', remaining } : { state: 'live' })
  }

  function tellDown(): void {
    downSince ??= environment.now()
    options.onConnection({ state: 'offline', since: new Date(downSince).toISOString() })
  }

  function wake(): void {
    const now = environment.now()
    if (isOver) return
    const isWaiting = wire === undefined
    const isStuck = !isReady && now - openedAt > freshAttemptMs
    const isSilent = isReady && now - heardAt > limits.silenceMs
    if (isWaiting || isStuck || isSilent) connect()
  }

  function end(reason: string): void {
    if (isOver) return
    stop()
    options.onConnection({ state: 'ended', reason: endedReason ?? reason })
  }

  let stopWaking: (() => void) | undefined
  function stop(): void {
    isOver = true
    stopWaking?.()
    abandon()
  }

  return {
    start() {
      stopWaking = environment.onWake(wake)
      connect()
    },
    isConnected: () => isReady && (wire?.isConnected() ?? false),
    socketId: () => wire?.id(),
    end,
    stop,
  }
}

/** Only what comes from the log has one, whatever its name: events this client is too old to know move the cursor too. */
function isMeta(value: unknown): value is Meta {
  if (typeof value !== 'object' || value === null) return false
  return 'seq' in value && 'after' in value && 'tag' in value
}
