import type {
  DeskEvent,
  DraftMessage,
  Position,
  PresenceMessage,
  PresenceUpdate,
  ServerMessage,
  SyncReady,
  Timings,
} from '@deskbell/contract'
import { createConnector } from './connector.ts'
import { createCursor } from './cursor.ts'
import type { Environment } from '../environment.ts'
import type { Connection } from '../types.ts'
import type { OpenTransport } from './transport.ts'

export interface LiveSession {
  start(): void
  isConnected(): boolean
  socketId(): string | undefined
  /** Sends what this tab shows. False: there is no connection, and it was not sent. */
  tellPresence(update: PresenceUpdate): boolean
  /** The person was signed out: it never reconnects. */
  end(reason: string): void
  stop(): void
}

export interface LiveSessionOptions {
  open: OpenTransport
  environment: Environment
  /** The person signed in, by id. */
  personId: string
  /** Asks whether the session still exists, after a failed handshake: a WebSocket does not show why it was refused. */
  askSession: () => Promise<'ended' | 'unknown'>
  /** The stream starts here: entries must be from this position or a later one. */
  onStart: (position: Position) => void
  /** The stream continues after a reconnect. */
  onResume: (position: Position, head: number) => void
  /** The next event of the stream. If it throws, the session resyncs. */
  onEvent: (event: DeskEvent) => void
  /** This reader gets no events up to here. */
  onPosition: (position: Position) => void
  /** What is so now, and is not in the log. */
  onEphemeral: (message: PresenceMessage | DraftMessage) => void
  /** The server greeted this connection. `timings`: how often to repeat what this tab shows. */
  onGreeted: (timings: Timings | undefined) => void
  onCustom: (name: string, data: unknown) => void
  onConnection: (connection: Connection) => void
}

/** Keeps a connection to the server and passes on every event exactly once, in order. */
export function createLiveSession(options: LiveSessionOptions): LiveSession {
  const { open, environment } = options
  const cursor = createCursor()
  let isReady = false
  let downSince: number | undefined
  /** The reason of `session:ended`, if that was the last event. */
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
    onMessage: receive,
    onCustom: options.onCustom,
    onDown() {
      isReady = false
      downSince ??= environment.now()
      options.onConnection({ state: 'offline', since: new Date(downSince).toISOString() })
    },
    beforeRetry,
  })

  async function beforeRetry(failure: 'lost' | 'failed', code: string | undefined): Promise<void> {
    // With any other code the server knows the session.
    const isSuspect =
      failure === 'lost' ? endedReason !== undefined : code === undefined || code === 'session.none'
    if (isSuspect && (await options.askSession()) === 'ended') end('expired')
  }

  function receive(message: ServerMessage): void {
    switch (message.name) {
      case 'sync:ready':
        return begin(message.data)
      case 'sync:position':
        return takePosition(message.data)
      case 'sync:restarting':
      case 'sync:unavailable':
        return connector.retryAfter(message.data.retryInMs)
      case 'sync:refused':
        return
      case 'presence:state':
      case 'presence:looks':
      case 'draft:changed':
        return isReady ? options.onEphemeral(message) : undefined
      default:
        return takeEvent(message)
    }
  }

  function begin(message: SyncReady): void {
    // Another person signed in, in another tab: tabs share the cookie.
    if (message.personId !== options.personId) return end('replaced')
    const outcome = cursor.ready(message)
    if (outcome === 'hole') return reconnectAfterGap()
    isReady = true
    downSince = undefined
    endedReason = undefined
    connector.markAlive(false)
    const position = { seq: message.seq, tag: message.tag }
    if (outcome === 'resumed') options.onResume(position, message.head)
    else options.onStart(position)
    options.onGreeted(message.timings)
    reportUp()
  }

  function takePosition(message: Position & { after: number }): void {
    if (!cursor.follows(message)) return reconnectAfterGap()
    const position = { seq: message.seq, tag: message.tag }
    cursor.moveTo(position)
    options.onPosition(position)
    markAlive(undefined)
  }

  function takeEvent(event: DeskEvent): void {
    if (!cursor.follows(event.meta)) return reconnectAfterGap()
    try {
      options.onEvent(event)
    } catch (thrown) {
      environment.report(thrown)
      cursor.forget()
      return connector.startOver()
    }
    // A listener may have stopped the desk.
    if (isOver) return
    cursor.moveTo({ seq: event.meta.seq, tag: event.meta.tag })
    markAlive(event.name === 'session:ended' ? event.data.reason : undefined)
  }

  function reconnectAfterGap(): void {
    cursor.markGap()
    connector.startOver()
  }

  function markAlive(ended: string | undefined): void {
    endedReason = ended
    connector.markAlive(true)
    reportUp()
  }

  function reportUp(): void {
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
    isConnected: () => isReady && (connector.transport()?.isConnected() ?? false),
    socketId: () => connector.transport()?.id(),
    tellPresence(update) {
      const transport = connector.transport()
      if (!isReady || transport?.isConnected() !== true) return false
      transport.tellPresence(update)
      return true
    },
    end,
    stop,
  }
}
