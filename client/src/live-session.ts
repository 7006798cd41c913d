import type { DeskEvent, Meta, Position, SyncReady } from '@deskbell/contract'
import { createConnector } from './connector.ts'
import { createCursor } from './cursor.ts'
import type { Environment } from './environment.ts'
import type { Connection } from './types.ts'
import type { OpenWire } from './wire.ts'

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
  /** Whose session it is. */
  personId: string
  /** Whether there is still a session, asked when a handshake fails: the refusal itself cannot be seen on a WebSocket. */
  askSession: () => Promise<'ended' | 'unknown'>
  /** The stream begins here: what is shown must stand for this position or a later one of this stream. */
  onStart: (position: Position) => void
  /** The stream goes on where it broke off. */
  onResume: (position: Position, head: number) => void
  /** The next event of the stream. When it throws, everything is read anew. */
  onEvent: (event: DeskEvent) => void
  /** There is nothing for this reader up to here. */
  onPosition: (position: Position) => void
  onCustom: (name: string, data: unknown) => void
  onConnection: (connection: Connection) => void
}

/** Keeps a connection to the server, for ever, and hands on the stream without holes or doubles. */
export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const { open, environment } = options
  const cursor = createCursor()
  let isReady = false
  let downSince: number | undefined
  /** Why sessions of this person ended, when that was the last thing heard. */
  let endedReason: string | undefined
  let isOver = false

  const connector = createConnector({
    open,
    environment,
    cursor: cursor.position,
    onOpening() {
      cursor.opened()
      isReady = false
    },
    onMessage: hear,
    onDown() {
      isReady = false
      downSince ??= environment.now()
      options.onConnection({ state: 'offline', since: new Date(downSince).toISOString() })
    },
    beforeRetry,
  })

  async function beforeRetry(failure: 'lost' | 'failed', code: string | undefined): Promise<void> {
    // A refusal with a code other than this one came from a server that knows the session.
    const isSuspect =
      failure === 'lost' ? endedReason !== undefined : code === undefined || code === 'session.none'
    if (isSuspect && (await options.askSession()) === 'ended') end('expired')
  }

  function hear(name: string, args: readonly unknown[]): void {
    switch (name) {
      case 'sync:ready':
        return begin(args[0] as SyncReady)
      case 'sync:position':
        return takePosition(args[0] as Position & { after: number })
      case 'sync:restarting':
      case 'sync:unavailable':
        return connector.comeBackIn((args[0] as { retryInMs: number }).retryInMs)
      case 'sync:refused':
        return
    }
    const [data, meta] = args
    if (isMeta(meta)) return takeEvent({ name, data, meta } as DeskEvent)
    options.onCustom(name, data)
  }

  function begin(message: SyncReady): void {
    // Signed in in another tab: the cookie of both is one.
    if (message.personId !== options.personId) return end('replaced')
    const outcome = cursor.ready(message)
    if (outcome === 'hole') return hole()
    isReady = true
    downSince = undefined
    endedReason = undefined
    connector.heard(false)
    const position = { seq: message.seq, tag: message.tag }
    if (outcome === 'resumed') options.onResume(position, message.head)
    else options.onStart(position)
    tellUp()
  }

  function takePosition(message: Position & { after: number }): void {
    if (!cursor.follows(message)) return hole()
    const position = { seq: message.seq, tag: message.tag }
    cursor.moveTo(position)
    options.onPosition(position)
    heard(undefined)
  }

  function takeEvent(event: DeskEvent): void {
    if (!cursor.follows(event.meta)) return hole()
    try {
      options.onEvent(event)
    } catch (thrown) {
      environment.report(thrown)
      cursor.forget()
      return connector.startOver()
    }
    // Whoever heard it may have closed everything.
    if (isOver) return
    cursor.moveTo({ seq: event.meta.seq, tag: event.meta.tag })
    heard(event.name === 'session:ended' ? event.data.reason : undefined)
  }

  function hole(): void {
    cursor.foundHole()
    connector.startOver()
  }

  function heard(ended: string | undefined): void {
    endedReason = ended
    connector.heard(true)
    tellUp()
  }

  function tellUp(): void {
    const remaining = cursor.remaining()
    options.onConnection(remaining > 0 ? { state: 'catchingUp', remaining } : { state: 'live' })
  }

  function end(reason: string): void {
    if (isOver) return
    stop()
    options.onConnection({ state: 'ended', reason: endedReason ?? reason })
  }

  function stop(): void {
    isOver = true
    isReady = false
    connector.stop()
  }

  return {
    start: connector.start,
    isConnected: () => isReady && (connector.wire()?.isConnected() ?? false),
    socketId: () => connector.wire()?.id(),
    end,
    stop,
  }
}

/** Only what comes from the log has one, whatever its name: events this client is too old to know move the cursor too. */
function isMeta(value: unknown): value is Meta {
  if (typeof value !== 'object' || value === null) return false
  return 'seq' in value && 'after' in value && 'tag' in value
}
