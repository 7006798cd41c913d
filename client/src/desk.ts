import type { DeskEvent, DraftMessage, Me, PresenceMessage } from '@deskbell/contract'
import type { Api } from './api.ts'
import { createApi } from './api.ts'
import { createMutationQueue } from './mutations/mutation-queue.ts'
import type { Core } from './core.ts'
import { ApiError, isSignedOut } from './api-error.ts'
import { defaultEnvironment } from './environment.ts'
import type { Environment } from './environment.ts'
import { createServerClock } from './server-clock.ts'
import type { ServerClock } from './server-clock.ts'
import { createSubscriptions } from './resources/subscriptions.ts'
import { createListeners } from './listeners.ts'
import type { Listeners } from './listeners.ts'
import { createLiveSession } from './connection/live-session.ts'
import { openAlways } from './resources/value.ts'
import { createMutations } from './mutations/mutations.ts'
import { createOutbox } from './outbox/outbox.ts'
import { createUndoLog } from './mutations/undo-log.ts'
import { createPace } from './pace.ts'
import { createDraftSync } from './drafts/draft-sync.ts'
import type { DraftSync } from './drafts/draft-sync.ts'
import { createPresence } from './presence/presence.ts'
import type { LivePresence } from './presence/presence.ts'
import { createTimers } from './timers.ts'
import { createRequestTracker } from './cache/request-tracker.ts'
import { sameEntries } from './same.ts'
import { abandon, createStore, entriesOf } from './cache/store.ts'
import type { Store } from './cache/store.ts'
import { createStream } from './stream.ts'
import type { Stream } from './stream.ts'
import type { Connection, Desk, DeskState, AppliedEvent } from './types.ts'
import { createView } from './resources/view.ts'
import { socketIoTransport } from './connection/transport.ts'
import type { OpenTransport } from './connection/transport.ts'

export interface DeskOptions {
  /** The server's address. Default: the origin of the page. */
  baseUrl?: string
  me: Me
  /** Asks the person for their password and confirms the session, when a call needs it. Resolves to whether they did. */
  confirm?: () => Promise<boolean>
  environment?: Partial<Environment>
  /** Opens connections. Default: Socket.IO. */
  open?: OpenTransport
}

type TicketListener = (data: DeskEvent['data'], meta: DeskEvent['meta']) => void

/**
 * Subscribers are notified at most this often: once a frame. React renders every notification at once, before other work
 * that waits, and takes more than 50 such renders in a row for an endless loop.
 */
const paceMs = 16
/** While catching up, one notification a frame would block the page. */
const catchUpPaceMs = 100

/** One signed-in person's live desk. */
export function createDesk({ baseUrl = '', me, confirm, open, ...options }: DeskOptions): Desk {
  const environment = { ...defaultEnvironment(), ...options.environment }
  const serverClock = createServerClock(environment)
  const listeners = deskListeners(environment.report)
  const { changes, appliedEvents, ticketEvents, customEvents } = listeners
  const timers = createTimers(environment)
  const tellChange = () => changes.call('state')
  const notify = createPace({ now: () => environment.now(), pause: timers.pause }, tellChange)
  const store = createStore({ id: me.id, role: me.role })

  let connection: Connection = { state: 'connecting' }
  let shown: DeskState | undefined
  let isDirty = true
  let isStopped = false

  const core: Core = {
    api: deskApi({ baseUrl, me, confirm }, environment, serverClock, onRefusal),
    environment,
    serverNow: serverClock.now,
    store,
    requests: createRequestTracker(),
    isUp: () => isUp(connection),
    changed,
    onRefusal,
    sleep: timers.pause,
  }
  const mutations = createMutationQueue(core)
  const stream = createStream(core, mutations)
  const outbox = createOutbox(core, mutations, environment.outbox)
  const undoLog = createUndoLog(core, mutations, outbox)
  const show = createView(store, mutations.of)
  const drafts = createDraftSync(core, me)
  const presence = createPresence(core, me.id, (update) => session.tellPresence(update))

  function changed(): void {
    isDirty = true
    if (!isStopped) notify(connection.state === 'catchingUp' ? catchUpPaceMs : paceMs)
  }

  function state(): DeskState {
    if (isDirty || shown === undefined)
      shown = show(
        withRemaining(connection, store, shown?.connection),
        mutations.slowedUntil(),
        presence.view(),
        drafts.view(),
        outbox.state(),
        shown,
      )
    isDirty = false
    return shown
  }

  function onRefusal(error: ApiError): void {
    if (isSignedOut(error)) session.end(error.code === 'session.other' ? 'replaced' : 'expired')
  }

  const session = createLiveSession({
    open: open ?? socketIoTransport(baseUrl, environment.headers),
    environment,
    personId: me.id,
    askSession: () => askSession(core.api),
    onStart(position) {
      stream.start(position)
      undoLog.reset()
    },
    onResume: stream.resume,
    onPosition(position) {
      stream.moveTo(position)
      presence.applied(position.seq)
    },
    onGreeted: presence.greeted,
    onEphemeral: (message) => hear({ presence, drafts, stream }, message),
    onEvent(event) {
      serverClock.hear(event.meta.at)
      const applied = stream.apply(event)
      undoLog.onEvent(applied.event)
      presence.applied(event.meta.seq)
      appliedEvents.call('event', applied)
      if (event.name.startsWith('ticket:'))
        ticketEvents.call(event.name, applied.event.data, event.meta)
    },
    onCustom: (name, data) => customEvents.call(name, data),
    onConnection(next) {
      const wasUp = isUp(connection)
      if (!sameEntries(connection, next)) connection = next
      if (next.state === 'ended') stopChanges('session.none', 'You were signed out.', 401)
      if (!wasUp && isUp(next))
        for (const goOn of [stream.retryFailed, mutations.retryNow, drafts.greeted]) goOn()
      if (wasUp && !isUp(next)) presence.lost()
      changed()
    },
  })

  function stopChanges(...reason: ConstructorParameters<typeof ApiError>): void {
    for (const part of [mutations, outbox]) part.stop(new ApiError(...reason))
  }

  function stop(): void {
    isStopped = true
    session.stop()
    for (const part of [presence, drafts, timers]) part.stop()
    stopChanges('network', 'This desk was closed.', 0)
    for (const entry of entriesOf(store)) abandon(entry)
    for (const called of Object.values(listeners)) called.clear()
  }

  session.start()
  openAlways(core, me)
  return {
    api: core.api,
    get state() {
      return state()
    },
    subscribe: (listener) => changes.add('state', () => listener()),
    onEvent: (listener) => appliedEvents.add('event', (applied) => listener(applied)),
    ...createSubscriptions(core),
    ...createMutations(core, mutations, outbox, undoLog),
    ...ticketSubscriptions(ticketEvents),
    onCustomEvent: (name, handler) => customEvents.add(name, (data) => handler(data)),
    drafts,
    showScreen: presence.showScreen,
    typed: presence.typed,
    now: serverClock.now,
    isSocketConnected: session.isConnected,
    getSocketId: session.socketId,
    stop,
  }
}

interface EphemeralParts {
  presence: LivePresence
  drafts: DraftSync
  stream: Stream
}

function hear(
  { presence, drafts, stream }: EphemeralParts,
  message: PresenceMessage | DraftMessage,
): void {
  switch (message.name) {
    case 'presence:state':
      return presence.receive(message.data.tickets)
    case 'presence:looks':
      return stream.hearLooks(message.data)
    case 'draft:changed':
      return drafts.receive(message.data)
  }
}

function deskListeners(report: Environment['report']) {
  return {
    changes: createListeners<[]>(report),
    appliedEvents: createListeners<[AppliedEvent]>(report),
    ticketEvents: createListeners<[DeskEvent['data'], DeskEvent['meta']]>(report),
    customEvents: createListeners<[unknown]>(report),
  }
}

function ticketSubscriptions(
  listeners: Listeners<[DeskEvent['data'], DeskEvent['meta']]>,
): Pick<Desk, 'onTicketEvent' | 'offTicketEvent'> {
  return {
    onTicketEvent: (name, handler) =>
      void listeners.add(`ticket:${name}`, handler as TicketListener),
    offTicketEvent: (name, handler) =>
      listeners.remove(`ticket:${name}`, handler as TicketListener),
  }
}

/** Reports `live` only when no entry is stale. */
function withRemaining(said: Connection, store: Store, before: Connection | undefined): Connection {
  const remaining = entriesOf(store).filter(
    (entry) => entry.isStale && entry.error === undefined,
  ).length
  if (said.state !== 'live' || remaining === 0) return said
  const isSame = before?.state === 'catchingUp' && before.remaining === remaining
  return isSame ? before : { state: 'catchingUp', remaining }
}

function deskApi(
  { baseUrl, me, confirm }: { baseUrl: string; me: Me; confirm: DeskOptions['confirm'] },
  { headers }: Environment,
  { fetch: measured }: ServerClock,
  onRefusal: (error: ApiError) => void,
): Api {
  const asks = confirm === undefined ? {} : { confirm }
  return createApi({ baseUrl, fetch: measured, headers, person: me.id, onRefusal, ...asks })
}

async function askSession(api: Api): Promise<'ended' | 'unknown'> {
  try {
    await api.call('session')
    return 'unknown'
  } catch (thrown) {
    return isSignedOut(thrown) ? 'ended' : 'unknown'
  }
}

function isUp({ state }: Connection): boolean {
  return state === 'live' || state === 'catchingUp'
}
