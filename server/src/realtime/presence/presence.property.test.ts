import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PresenceUpdate, PresentPerson, Role, TicketPresence } from '@deskbell/contract'
import { createPresence } from '../../../../client/src/presence/presence.ts'
import type { Present } from '../../../../client/src/presence/picture.ts'
import type { LivePresence } from '../../../../client/src/presence/presence.ts'
import { follow } from '../../log/follow-log.ts'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { createKnownReaders } from './known-readers.ts'
import { createMemoryHub, timings } from './memory-hub.ts'
import { createPresenceChannel } from './presence-channel.ts'
import type { PresenceTab } from './presence-channel.ts'
import { foremost, shownPeople } from './shown-people.ts'
import type { Hearer } from './shown-people.ts'

const begin = Date.parse('2026-11-29T10:00:00.000Z')
const tickets = ['t1', 't2', 't3']
const people: { name: string; role: Role }[] = [
  { name: 'ada', role: 'admin' },
  { name: 'grace', role: 'admin' },
  { name: 'alan', role: 'admin' },
  { name: 'edith', role: 'admin' },
  { name: 'joan', role: 'admin' },
  { name: 'sam', role: 'sales' },
]
/** Two tabs of each person: more people than a row names. */
const tabNames = people.flatMap(({ name }) => [`${name} 1`, `${name} 2`])
/** Sam does not read t3, and t4 does not exist. */
const readers = new Map([
  ['t1', ['sam']],
  ['t2', ['sam']],
  ['t3', []],
])

/** One interval of rows, one tick, and how long a tab waits before it sends. */
const intervalMs = 1_000 + 250 + 250
/** How long a client goes on showing who was there before a reconnect. */
const returnMs = 8_000

interface Client {
  name: string
  hearer: Exclude<Hearer, 'named'>
  /** The tickets on its screen, and since when. */
  onScreen: Map<string, number>
  openId: string | undefined
  live: LivePresence
  tab: PresenceTab | undefined
  connectedAt: number
  /** What was sent and told on this connection, the oldest first. */
  updates: PresenceUpdate[]
  states: (readonly TicketPresence[])[]
}

async function createOffice() {
  const clock = createFakeClock()
  const wallNow = () => begin + clock.now()
  const head = { seq: 1, tag: 'a' }
  const follower = await follow(
    { head: () => Promise.resolve(head), eventsSince: () => Promise.resolve([]) },
    { reportBug: fail, clock },
  )
  const hub = createMemoryHub(clock, wallNow)
  const known = createKnownReaders({
    follower,
    readersOf: (ids) =>
      Promise.resolve({
        seq: 1,
        readers: new Map(
          ids.flatMap((id) => (readers.has(id) ? [[id, readers.get(id) ?? []]] : [])),
        ),
      }),
    reportBug: fail,
  })
  const byId = new Map<string, Client>()
  const channel = createPresenceChannel({
    hub,
    known,
    follower,
    clock,
    isFull: () => false,
    showsStaffNames: () => false,
    readLooks: async () => () => undefined,
    tellLooks: () => undefined,
    reportBug: fail,
    tell: (ids, json) => {
      for (const client of ids.flatMap((id) => byId.get(id) ?? [])) {
        const { tickets: states } = JSON.parse(json) as { tickets: TicketPresence[] }
        client.states.push(states)
        client.live.receive(states)
      }
    },
  })
  /** What the hub said of each ticket, and since when. */
  const said: {
    at: number
    ticketId: string
    staff: PresentPerson[]
    requesters: PresentPerson[]
  }[] = []
  hub.onChange((ticketId) => {
    const tabs = hub.tabsOn(ticketId)
    said.push({
      at: clock.now(),
      ticketId,
      staff: shownPeople(tabs, 'staff'),
      requesters: shownPeople(tabs, 'requesters'),
    })
  })

  let connections = 0
  const clients = tabNames.map((tabName): Client => {
    const name = tabName.split(' ')[0] ?? ''
    const client: Client = {
      name,
      hearer: name === 'sam' ? 'requesters' : 'staff',
      onScreen: new Map(),
      openId: undefined,
      live: createPresence({ environment: clock, changed: () => undefined }, name, (update) => {
        client.updates.push(update)
        client.tab?.hear(structuredClone(update))
        return client.tab !== undefined
      }),
      tab: undefined,
      connectedAt: -Infinity,
      updates: [],
      states: [],
    }
    return client
  })

  function connect(client: Client): void {
    if (client.tab !== undefined) return
    connections += 1
    const id = `socket ${connections}`
    const { name } = client
    const role = people.find((person) => person.name === name)?.role ?? 'sales'
    byId.set(id, client)
    client.tab = channel.join({
      id,
      reader: { id: name, role },
      sessionId: name,
      person: { id: name, name, staff: role === 'admin', active: true, color: 0 },
    })
    client.connectedAt = clock.now()
    client.updates = []
    client.states = []
    client.live.greeted(timings)
  }

  /** A crash is not noticed by the server. */
  function disconnect(client: Client, isNoticed: boolean): void {
    if (client.tab === undefined) return
    if (isNoticed) client.tab.leave()
    for (const [id, one] of byId) if (one === client) byId.delete(id)
    client.tab = undefined
    client.live.lost()
  }

  function expectTrue(client: Client): void {
    const now = clock.now()
    if (client.tab === undefined || now - client.connectedAt < returnMs + intervalMs) return
    for (const [ticketId, shownAt] of client.onScreen) {
      if (now - shownAt < intervalMs) continue
      const seen = client.live.view().get(ticketId) ?? { people: [], more: 0 }
      const isReader = client.hearer === 'staff' || (readers.get(ticketId) ?? []).includes('sam')
      const states = said.filter((state) => state.ticketId === ticketId)
      const before = states.findLast(({ at }) => at <= now - intervalMs)
      const recent = states.filter(({ at }) => at > now - intervalMs)
      const possible = [
        ...(before ? [before[client.hearer]] : [[]]),
        ...recent.map((state) => state[client.hearer]),
      ]
        .map((state) => (isReader ? state : []))
        .map((state) => shownTo(client, ticketId, state))
      expect(possible).toContainEqual(seen)
    }
  }

  return {
    clock,
    clients,
    connect,
    disconnect,
    expectTrue,
    async stop() {
      for (const { live } of clients) live.stop()
      channel.stop()
      await follower.stop()
    },
  }
}

/** At most three people in a row, and ten on the open ticket; who is counted does not count themselves. */
function shownTo({ name, openId }: Client, ticketId: string, all: PresentPerson[]): Present {
  const { people, others } = foremost(all, ticketId === openId ? 10 : 3)
  const isOther = ({ person }: PresentPerson) => person?.id !== name
  return { people: people.filter(isOther), more: others.filter(isOther).length }
}

function fail(bug: unknown): never {
  throw bug
}

const tab = fc.nat(tabNames.length - 1)
const ticket = fc.constantFrom(...tickets, 't4')
const step = fc.oneof(
  fc.record({
    kind: fc.constant('show' as const),
    tab,
    open: fc.option(
      fc.record({ ticketId: ticket, doing: fc.constantFrom('viewing', 'replying', 'noting') }),
      { freq: 4 },
    ),
    onScreen: fc.uniqueArray(ticket),
    hidden: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('type', 'connect', 'leave', 'crash', 'late'), tab }),
  fc.record({
    kind: fc.constant('wait' as const),
    ms: fc.constantFrom(10, 240, 260, 1_100, 6_000, 12_000, 30_000),
  }),
)

test('[PR3] whatever people, connections and crashes do, each screen shows what the hub said within one interval', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(tabNames.length),
      fc.array(step, { minLength: 5, maxLength: 40 }),
      async (crowd, steps) => {
        const office = await createOffice()
        try {
          for (const client of office.clients) office.connect(client)
          // More people on one ticket than a row names.
          const open = { ticketId: 't1', doing: 'viewing' } as const
          for (const client of office.clients.slice(0, crowd))
            show(office, client, { open, onScreen: ['t1', 't2'], hidden: false })
          for (const one of steps) {
            if (one.kind === 'wait') await office.clock.advance(one.ms)
            else act(office, one)
            for (const client of office.clients) office.expectTrue(client)
          }
          await office.clock.advance(returnMs + timings.expireMs)
          for (const client of office.clients) office.expectTrue(client)
        } finally {
          await office.stop()
        }
      },
    ),
    { numRuns: 100 },
  )
})

type Office = Awaited<ReturnType<typeof createOffice>>
type Shown = Pick<Extract<Act, { kind: 'show' }>, 'open' | 'onScreen' | 'hidden'>
type Act = Exclude<typeof step extends fc.Arbitrary<infer S> ? S : never, { kind: 'wait' }>

function act(office: Office, one: Act): void {
  const client = office.clients[one.tab]
  if (client === undefined) throw new Error('there is such a tab')
  if (one.kind === 'type') return client.live.typed()
  if (one.kind === 'connect') return office.connect(client)
  if (one.kind === 'late') return repeatOldest(client)
  if (one.kind !== 'show') return office.disconnect(client, one.kind === 'leave')
  return show(office, client, one)
}

function show(office: Office, client: Client, { open, onScreen, hidden }: Shown): void {
  client.live.showScreen({ open, onScreen, hidden })
  const now = office.clock.now()
  const shown = new Set([...onScreen, ...(open ? [open.ticketId] : [])])
  const before = client.openId
  /** A ticket that opens or closes is told in another form. */
  const since = (id: string) =>
    (id === open?.ticketId) === (id === before) ? (client.onScreen.get(id) ?? now) : now
  client.onScreen = new Map([...shown].map((id) => [id, since(id)]))
  client.openId = open?.ticketId
}

/** The oldest messages of the connection come once more. */
function repeatOldest({ tab: server, live, updates, states }: Client): void {
  const [update] = updates
  const [state] = states
  if (update !== undefined) server?.hear(structuredClone(update))
  if (state !== undefined && server !== undefined) live.receive(structuredClone(state))
}
