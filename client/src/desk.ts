import type { DeskEvent, Me } from '@deskbell/contract'
import type { Api } from './api.ts'
import { createApi } from './api.ts'
import { createCommands } from './commands.ts'
import type { Core } from './core.ts'
import { DeskError, isSignedOut } from './desk-error.ts'
import { defaultEnvironment } from './environment.ts'
import type { Environment } from './environment.ts'
import { createHolds } from './holds.ts'
import { createListeners } from './listeners.ts'
import { createLiveSession } from './live-session.ts'
import { loadCounters, loadMe } from './loads.ts'
import { createOrders } from './orders.ts'
import { createPauses } from './pauses.ts'
import { createReads } from './reads.ts'
import { sameEntries } from './same.ts'
import { createStore, partsOf } from './store.ts'
import { createStream } from './stream.ts'
import type { Connection, Desk, DeskState, Heard } from './types.ts'
import { createView } from './view.ts'
import { socketWires } from './wire.ts'
import type { OpenWire } from './wire.ts'

export interface DeskOptions {
  /** Where the server is, when it is not where the page is from. */
  baseUrl?: string
  me: Me
  /** Asks the person for their password, for `confirmSession`, when a call needs it. Whether they gave it. */
  confirm?: () => Promise<boolean>
  environment?: Partial<Environment>
  /** How connections are made: by Socket.IO. */
  open?: OpenWire
}

type TicketListener = (data: DeskEvent['data'], meta: DeskEvent['meta']) => void

/** While catching up, what is shown follows at this pace: every event would keep a page busy with nothing else. */
const catchUpPaceMs = 100

/** One signed-in person's live desk. */
export function createDesk({ baseUrl = '', me, confirm, open, ...options }: DeskOptions): Desk {
  const environment = { ...defaultEnvironment(), ...options.environment }
  const changes = createListeners<[]>(environment.report)
  const heard = createListeners<[Heard]>(environment.report)
  const ticketEvents = createListeners<[DeskEvent['data'], DeskEvent['meta']]>(environment.report)
  const customEvents = createListeners<[unknown]>(environment.report)
  const pauses = createPauses(environment)
  const store = createStore(me)

  let connection: Connection = { state: 'connecting' }
  let shown: DeskState | undefined
  let isDirty = true
  let isTelling = false
  let isStopped = false

  const core: Core = {
    api: createApi({
      baseUrl,
      fetch: environment.fetch,
      headers: environment.headers,
      person: me.id,
      onRefusal,
      ...(confirm && { confirm }),
    }),
    environment,
    store,
    reads: createReads(),
    changed,
    onRefusal,
    pause: pauses.pause,
  }
  const commands = createCommands(core)
  const stream = createStream(core, commands)
  const show = createView(store, commands.of)

  function changed(): void {
    isDirty = true
    if (isTelling || isStopped) return
    isTelling = true
    if (connection.state === 'catchingUp') void pauses.pause(catchUpPaceMs).then(tell)
    else queueMicrotask(tell)
  }

  function tell(): void {
    isTelling = false
    if (!isStopped) changes.call('state')
  }

  function state(): DeskState {
    if (isDirty || shown === undefined)
      shown = show(me, honest(connection), commands.slowedUntil(), shown)
    isDirty = false
    return shown
  }

  /** Live is said only when nothing shown is of another stream. */
  function honest(said: Connection): Connection {
    const remaining = partsOf(store).filter(
      (part) => part.isStale && part.error === undefined,
    ).length
    if (said.state !== 'live' || remaining === 0) return said
    const before = shown?.connection
    const isSame = before?.state === 'catchingUp' && before.remaining === remaining
    return isSame ? before : { state: 'catchingUp', remaining }
  }

  function onRefusal(error: DeskError): void {
    if (isSignedOut(error)) session.end(error.code === 'session.other' ? 'replaced' : 'expired')
  }

  const session = createLiveSession({
    open: open ?? socketWires(baseUrl, environment.headers),
    environment,
    personId: me.id,
    askSession: () => askSession(core.api),
    onStart: stream.start,
    onResume: stream.resume,
    onPosition: stream.moveTo,
    onEvent(event) {
      const news = stream.take(event)
      heard.call('event', news)
      if (event.name.startsWith('ticket:'))
        ticketEvents.call(event.name, news.event.data, event.meta)
    },
    onCustom: (name, data) => customEvents.call(name, data),
    onConnection(next) {
      const wasUp = isUp(connection)
      if (!sameEntries(connection, next)) connection = next
      if (next.state === 'ended')
        commands.stop(new DeskError('session.none', 'You were signed out.', 401))
      if (!wasUp && isUp(next)) stream.retryFailed()
      changed()
    },
  })

  function stop(): void {
    isStopped = true
    session.stop()
    pauses.stop()
    commands.stop(new DeskError('network', 'This desk was closed.', 0))
    for (const part of partsOf(store)) part.request = undefined
    for (const part of store.tickets.values()) part.pages.clear()
    for (const listeners of [changes, heard, ticketEvents, customEvents]) listeners.clear()
  }

  session.start()
  void loadMe(core)
  void loadCounters(core)
  return {
    api: core.api,
    get state() {
      return state()
    },
    subscribe: (listener) => changes.add('state', () => listener()),
    onHeard: (listener) => heard.add('event', (news) => listener(news)),
    ...createHolds(core),
    ...createOrders(core, commands),
    onTicketEvent: (name, handler) =>
      void ticketEvents.add(`ticket:${name}`, handler as TicketListener),
    offTicketEvent: (name, handler) =>
      ticketEvents.remove(`ticket:${name}`, handler as TicketListener),
    onCustomEvent: (name, handler) => customEvents.add(name, (data) => handler(data)),
    isSocketConnected: session.isConnected,
    getSocketId: session.socketId,
    stop,
  }
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
