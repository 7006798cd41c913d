import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDesk } from '../desk.ts'
import { SimulatedDevice } from '../testing/simulated-device.ts'
import { settled, SimulatedClock } from '../testing/simulated-clock.ts'
import { SimulatedNetwork } from '../testing/simulated-network.ts'
import { SimulatedServer } from '../testing/simulated-server.ts'
import type { SimulatedPerson } from '../testing/simulated-server.ts'
import type { Desk } from '../types.ts'

const ada = newcomer('ada')
const bo = newcomer('bo')
const day = 24 * 3600_000

interface Tab {
  desk: Desk
  network: SimulatedNetwork
}

let server: SimulatedServer
let clock: SimulatedClock
let device: SimulatedDevice
let tabs: Tab[]
let ids: string[]

beforeEach(() => {
  server = new SimulatedServer(structuredClone([ada, bo]))
  ids = [1, 2].map((number) => server.create(ada.id, { title: `Ticket ${number}` }))
  clock = new SimulatedClock()
  device = new SimulatedDevice()
  tabs = []
  server.onEvents = (events) => {
    for (const { network } of tabs) network.tell(events)
  }
})

afterEach(() => {
  for (const { desk } of tabs) desk.stop()
})

describe('the outbox', () => {
  test('[OB1] what is made without a connection survives the tab, and is sent once, in order', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), comment('first'))
    await offline.desk.addComment(id(1), { ...comment('note'), internal: true })
    await offline.desk.changeStatus(id(1), 'waiting')
    expect(device.stored.size).toBe(3)
    expect(shown(offline)).toMatchObject({ status: 'waiting', pending: ['status'] })
    close(offline)

    const later = await openTab(bo)
    await later.network.flow()
    expect(server.tickets[0]).toMatchObject({
      status: 'waiting',
      comments: [{ body: 'first' }, { body: 'note' }],
    })
    expect(changesOf(later)).toEqual(['comments', 'comments', 'status'])
    expect(later.desk.state.outbox.items).toEqual([])
    expect(device.stored.size).toBe(0)
  })

  test('[OB1] a change is stored before it shows', async () => {
    const tab = await openTab(bo)
    const done = tab.desk.changeStatus(id(1), 'waiting')
    expect([device.stored.size, shown(tab)?.status]).toEqual([0, 'open'])
    await settled()
    expect([device.stored.size, shown(tab)?.status]).toEqual([1, 'waiting'])
    await tab.network.flow()
    await done
    expect(device.stored.size).toBe(0)
  })

  test('[OB1] a device that neither stores nor refuses holds a change up for two seconds, and keeps nothing', async () => {
    const tab = await openTab(bo)
    device.hangs = true
    const done = tab.desk.changeStatus(id(1), 'waiting')
    await clock.pass(2000)
    await tab.network.flow()
    await done
    expect(server.tickets[0]?.status).toBe('waiting')
    expect(tab.desk.state.outbox.keeps).toBe(false)
  })

  test('[OB1] without room the change is sent from memory, and the desk does not promise to keep it', async () => {
    const tab = await openTab(bo)
    device.isFull = true
    let isKept = false
    const sent = tab.desk.addComment(id(1), comment('now'), { onKept: () => (isKept = true) })
    await settled()
    expect([tab.desk.state.outbox.keeps, isKept]).toEqual([false, false])
    await tab.network.flow()
    await sent
    expect(isKept).toBe(true)
  })

  test('[OB2] a reply that was lost is asked for again with the same key by the next tab', async () => {
    const tab = await openTab(bo)
    const sent = tab.desk.addComment(id(1), comment('once'))
    await settled()
    tab.network.serve(0)
    tab.network.cut(0)
    await sent
    close(tab)
    const later = await openTab(bo)
    await later.network.flow()
    expect(server.tickets[0]?.comments.map(({ body }) => body)).toEqual(['once'])
    expect(device.stored.size).toBe(0)
  })

  test('[OB3] a refusal at once rejects the call, and nothing is kept', async () => {
    const tab = await openTab(bo)
    const sent = tab.desk.addComment(id(1), comment('stale'))
    await settled()
    refuse(tab, `/api/tickets/${id(1)}/comments`, 'ticket.replied')
    await expect(sent).rejects.toMatchObject({ code: 'ticket.replied' })
    expect([device.stored.size, tab.desk.state.outbox.items.length]).toEqual([0, 0])
  })

  test('[OB3] [OB4] a refused change comes back for a decision and holds back only later ones of its ticket', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), { ...comment('stale'), seenVersion: 1 })
    await offline.desk.changeStatus(id(1), 'resolved')
    await offline.desk.addComment(id(2), comment('other'))
    close(offline)

    const later = await openTab(bo)
    await settled()
    refuse(later, `/api/tickets/${id(1)}/comments`, 'ticket.replied', { version: 9 })
    await later.network.flow()
    expect(server.tickets.map(({ status }) => status)).toEqual(['open', 'open'])
    expect(server.tickets[1]?.comments).toHaveLength(1)
    const [refused, held] = later.desk.state.outbox.items
    expect(refused).toMatchObject({
      ticketId: id(1),
      change: { kind: 'addComment', comment: { body: 'stale' } },
      error: { code: 'ticket.replied' },
    })
    expect(held).toMatchObject({ change: { to: 'resolved' }, error: undefined })

    // What the person does in the knowledge of the refusal goes its way.
    const now = later.desk.changePriority(id(1), 'high')
    await later.network.flow()
    await now
    expect(server.tickets[0]).toMatchObject({ status: 'open', priority: 'high' })

    // The decision survives, too.
    close(later)
    const last = await openTab(bo)
    await last.network.flow()
    expect(last.desk.state.outbox.items).toHaveLength(2)
    last.desk.sendKeptAgain(refused?.id ?? '')
    await settled()
    expect(last.network.requests[0]?.body).toMatchObject({ body: 'stale', seenVersion: 9 })
    await last.network.flow()
    expect(server.tickets[0]).toMatchObject({ status: 'resolved', comments: [{ body: 'stale' }] })
    expect(device.stored.size).toBe(0)
  })

  test('[OB4] a discarded change is forgotten, and what waited behind it goes on', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), comment('rather not'))
    await offline.desk.changeStatus(id(1), 'waiting')
    offline.desk.discardKept(offline.desk.state.outbox.items[0]?.id ?? '')
    close(offline)
    const later = await openTab(bo)
    await later.network.flow()
    expect(server.tickets[0]).toMatchObject({ status: 'waiting', comments: [] })
  })

  test('[OB4] what was discarded is never sent, also if the device fails to remove it', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), comment('rather not'))
    device.isStuck = true
    offline.desk.discardKept(offline.desk.state.outbox.items[0]?.id ?? '')
    await settled()
    close(offline)
    expect(device.stored.size).toBe(1)

    device.isStuck = false
    const later = await openTab(bo)
    await later.network.flow()
    expect(server.tickets[0]?.comments).toEqual([])
    expect([device.stored.size, device.storage.length]).toEqual([0, 0])
  })

  test('[OB5] a change made without a connection counts one’s own later changes as those of others', async () => {
    const offline = await openTab(bo)
    const { version } = shown(offline) ?? {}
    cutOff(offline)
    await offline.desk.changeStatus(id(1), 'waiting')
    await offline.desk.changeStatus(id(1), 'resolved')
    close(offline)
    const later = await openTab(bo)
    await settled()
    expect(later.network.requests[0]?.body).toEqual({ status: 'waiting', undoes: version })
    later.network.serve(0)
    later.network.deliver(0)
    await settled()
    // The second one follows from the first.
    const first = server.head.seq
    expect(later.network.requests.at(-1)?.body).toEqual({ status: 'resolved', undoes: first })
  })

  test('[OB6] what is older than 25 days is not sent without a question', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), comment('long ago'))
    close(offline)
    await clock.pass(26 * day)
    const later = await openTab(bo)
    await later.network.flow()
    const [item] = later.desk.state.outbox.items
    expect(item).toMatchObject({ error: { code: 'tooOld' } })
    later.desk.sendKeptAgain(item?.id ?? '')
    await later.network.flow()
    expect(server.tickets[0]?.comments.map(({ body }) => body)).toEqual(['long ago'])
  })

  test('[OB6] what is sent again without having shown what changed is checked as before', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.changeStatus(id(1), 'waiting')
    await offline.desk.addComment(id(2), { ...comment('old'), seenVersion: 2 })
    close(offline)
    await clock.pass(26 * day)
    const later = await openTab(bo)
    await later.network.flow()
    for (const item of later.desk.state.outbox.items) later.desk.sendKeptAgain(item.id)
    await settled()
    const bodies = later.network.requests.map(({ body }) => body)
    expect(bodies).toMatchObject([{ status: 'waiting', undoes: 1 }, { seenVersion: 2 }])
  })

  test('[OB7] another person on the device neither sees nor sends it', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), comment('mine'))
    close(offline)
    const other = await openTab(ada)
    await other.network.flow()
    expect(other.desk.state.outbox.items).toEqual([])
    expect(changesOf(other)).toEqual([])
    close(other)
    const again = await openTab(bo)
    await again.network.flow()
    expect(server.tickets[0]?.comments).toHaveLength(1)
  })

  test('[OB7] when the session ends, what waits stays', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), comment('mine'))
    for (const _time of [1, 2]) {
      await settled()
      refuse(offline, `/api/tickets/${id(1)}/comments`, 'session.none', undefined, 401)
      await settled()
    }
    expect(offline.desk.state.connection).toMatchObject({ state: 'ended' })
    expect(device.stored.size).toBe(1)
  })

  test('[OB8] what another version stored in an unknown format comes back with its text', async () => {
    const stored = { id: 'x', personId: bo.id, ticketId: id(1), schema: 2, madeAt: 5 }
    device.stored.set('x', { ...stored, change: { kind: 'poll', poll: { title: 'Lunch?' } } })
    const tab = await openTab(bo)
    await tab.network.flow()
    expect(tab.desk.state.outbox.items).toMatchObject([
      { error: { code: 'unknownFormat' }, change: { kind: 'unknown', text: 'Lunch?' } },
    ])
    tab.desk.discardKept('x')
    await settled()
    expect(device.stored.size).toBe(0)
  })

  test('[OB4] a new ticket is sent before what follows it, and a comment after its files', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    const ticketId = server.newId()
    const input = { id: ticketId, title: 'New', description: '' }
    expect(await offline.desk.createTicket(input)).toBeUndefined()
    await offline.desk.attach(ticketId, new Blob(['own']), { internal: false, draft: false })
    const uploads = [new Blob(['with the comment'])]
    await offline.desk.addComment(ticketId, comment('see the file'), { uploads })
    await offline.desk.changePriority(ticketId, 'high')
    close(offline)

    const later = await openTab(bo)
    await settled()
    expect(changesOf(later)).toEqual(['tickets'])
    later.network.serve(0)
    later.network.deliver(0)
    const answers = ['one', 'two'].map((id) => ({ attachment: { id }, ...server.head }))
    for (const [index, answer] of answers.entries()) {
      await settled()
      expect(changesOf(later).slice(1)).toEqual(['attachments', 'attachments'].slice(0, index + 1))
      reply(later, `/api/tickets/${ticketId}/attachments`, answer)
    }
    await settled()
    expect(later.network.requests[0]).toMatchObject({
      path: `/api/tickets/${ticketId}/comments`,
      body: { body: 'see the file', attachmentIds: ['two'] },
    })
    await later.network.flow()
    expect(server.tickets[2]).toMatchObject({ title: 'New', priority: 'high' })
    expect([device.stored.size, later.desk.state.outbox.items.length]).toEqual([0, 0])
  })

  test('an upload that its person stops is not sent later', async () => {
    const tab = await openTab(bo)
    const stop = new AbortController()
    const options = { internal: false, draft: false, signal: stop.signal }
    const sent = tab.desk.attach(id(1), new Blob(['x']), options)
    await settled()
    expect(device.stored.size).toBe(1)
    tab.network.cut(0)
    expect(await sent).toBeUndefined()
    stop.abort()
    await clock.pass(500)
    await settled()
    expect(device.stored.size).toBe(0)
  })

  test('[OB4] what follows a new ticket goes with it when it is discarded', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    const ticketId = server.newId()
    await offline.desk.createTicket({ id: ticketId, title: 'New', description: '' })
    await offline.desk.addComment(ticketId, comment('and this'))
    offline.desk.discardKept(ticketId)
    await settled()
    expect(device.stored.size).toBe(0)
  })

  test('[OB4] a move that was made with a reply is discarded with it, and nothing else', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    const reply = comment('and resolved')
    await offline.desk.addComment(id(1), reply)
    await offline.desk.changeField(id(1), 'status', 'resolved', undefined, reply.id)
    await offline.desk.changePriority(id(1), 'high')
    offline.desk.discardKept(reply.id)
    await settled()
    expect(shown(offline)).toMatchObject({ status: 'open', priority: 'high' })
    expect(device.stored.size).toBe(1)
  })

  test('[OB1] files wait up to 200 MB', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    const large = Object.defineProperty(new Blob(['x']), 'size', { value: 150_000_000 })
    const sent = (body: string) =>
      offline.desk.addComment(id(1), comment(body), { uploads: [large] })
    // Only the size of what this tab holds counts.
    await sent('fits')
    await expect(sent('does not')).rejects.toMatchObject({ code: 'noRoom' })
    expect(offline.desk.state.outbox.items).toHaveLength(2)

    // All files of a comment, or none.
    const { promise, resolve } = Promise.withResolvers<void>()
    device.busy = promise
    const small = new Blob(['small'])
    const both = Promise.allSettled([
      offline.desk.addComment(id(1), comment('neither'), { uploads: [small, large] }),
    ])
    await settled()
    resolve()
    expect(await both).toMatchObject([{ reason: { code: 'noRoom' } }])
    await settled()
    expect(offline.desk.state.outbox.items).toHaveLength(2)
  })

  test('a new ticket whose page is open loads as soon as the server has it, in every tab', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    const ticketId = server.newId()
    await offline.desk.createTicket({ id: ticketId, title: 'New', description: '' })
    close(offline)
    const [first, second] = [await openTab(bo), await openTab(bo)]
    const statuses = () =>
      [first, second].map(({ desk }) => desk.state.tickets.get(ticketId)?.status)
    for (const { desk, network } of [first, second]) {
      desk.openTicket(ticketId)
      network.serve(network.requests.findIndex(({ method }) => method === 'GET'))
      network.deliver(0)
    }
    await settled()
    expect(statuses()).toEqual(['failed', 'failed'])
    first.network.serve(0)
    first.network.deliver(0)
    await settled()
    expect(statuses()).toEqual(['loading', 'loading'])
    await flow()
    expect(statuses()).toEqual(['ready', 'ready'])
  })

  test('an undo takes back what still waits', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.changeField(id(1), 'status', 'waiting', 'one step')
    const undone = offline.desk.undo('one step')
    await clock.pass(1000)
    expect(await undone).toMatchObject([{ ticketId: id(1), field: 'status', error: undefined }])
    expect([device.stored.size, shown(offline)?.status]).toEqual([0, 'open'])
  })

  test('an undo of a change whose answer was lost takes it back at the server, too', async () => {
    const tab = await openTab(bo)
    const changed = tab.desk.changeField(id(1), 'status', 'waiting', 'one step')
    await settled()
    tab.network.serve(0)
    tab.network.cut(0)
    await changed
    const undone = tab.desk.undo('one step')
    await clock.pass(1000)
    expect(await undone).toMatchObject([{ field: 'status', error: undefined }])
    await tab.network.flow()
    expect([server.tickets[0]?.status, shown(tab)?.status]).toEqual(['open', 'open'])
    expect(changesOf(tab)).toEqual(['status', 'status'])
  })
})

describe('several tabs', () => {
  test('[OB5] a second change follows from the first one, whichever tab hears of it first', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.changeStatus(id(1), 'waiting')
    await offline.desk.changeStatus(id(1), 'resolved')
    close(offline)
    const leader = await openTab(bo)
    const other = await openTab(bo)
    await settled()
    leader.network.serve(leader.network.requests.findIndex(({ method }) => method !== 'GET'))
    other.network.hear(1000)
    await settled()
    leader.network.deliver(0)
    await settled()
    const second = leader.network.requests.at(-1)?.body
    expect(second).toEqual({ status: 'resolved', undoes: server.head.seq })
  })

  test('[OB9] what is discarded while it is stored comes back in no tab', async () => {
    const offline = await openTab(bo)
    cutOff(offline)
    await offline.desk.addComment(id(1), { ...comment('stale'), seenVersion: 1 })
    close(offline)
    const first = await openTab(bo)
    const second = await openTab(bo)
    await settled()
    refuse(first, `/api/tickets/${id(1)}/comments`, 'ticket.replied', { version: 9 })
    await settled()
    const key = first.desk.state.outbox.items[0]?.id ?? ''
    const { promise, resolve } = Promise.withResolvers<void>()
    device.busy = promise
    first.desk.sendKeptAgain(key)
    first.desk.discardKept(key)
    await settled()
    device.busy = undefined
    resolve()
    await settled()
    expect(second.desk.state.outbox.items).toEqual([])
  })

  test('[OB9] one tab sends what all of them write, and every tab shows it', async () => {
    const first = await openTab(bo)
    const second = await openTab(bo)
    const done = second.desk.changeStatus(id(1), 'waiting')
    await settled()
    expect([shown(first)?.status, shown(second)?.status]).toEqual(['waiting', 'waiting'])
    await flow()
    await done
    expect([changesOf(first), changesOf(second)]).toEqual([['status'], []])
    expect([shown(first)?.pending, shown(second)?.pending]).toEqual([[], []])
  })

  test('[OB9] the call in the tab that wrote it takes the refusal', async () => {
    const first = await openTab(bo)
    const second = await openTab(bo)
    const done = second.desk.changeStatus(id(1), 'waiting')
    await settled()
    refuse(first, `/api/tickets/${id(1)}/status`, 'ticket.changed')
    await expect(done).rejects.toMatchObject({ code: 'ticket.changed' })
    await flow()
    for (const tab of tabs) expect(tab.desk.state.outbox.items).toEqual([])
    expect(device.stored.size).toBe(0)
  })

  test('[OB9] when the tab that sends is closed, another one goes on', async () => {
    const first = await openTab(bo)
    const second = await openTab(bo)
    void second.desk.changeStatus(id(1), 'waiting')
    await settled()
    close(first)
    await flow()
    expect(server.tickets[0]?.status).toBe('waiting')
    expect(changesOf(second)).toEqual(['status'])
  })

  test('[OB9] a tab whose leader does not answer leads itself', async () => {
    device.tab({ frozen: true }).lead('deskbell.outbox.person-bo', {
      onLead: () => undefined,
      onLost: () => undefined,
    })
    const tab = await openTab(bo)
    const done = tab.desk.changeStatus(id(1), 'waiting')
    await settled()
    expect(changesOf(tab)).toEqual([])
    await clock.pass(1000)
    await flow()
    await done
    expect(server.tickets[0]?.status).toBe('waiting')
  })

  test('[OB9] without Web Locks each tab sends its own', async () => {
    device.hasLocks = false
    const first = await openTab(bo)
    const second = await openTab(bo)
    const done = second.desk.changeStatus(id(1), 'waiting')
    await flow()
    await done
    expect([changesOf(first), changesOf(second)]).toEqual([[], ['status']])
    expect(shown(first)).toMatchObject({ status: 'waiting', pending: [] })
  })

  test('[OB9] without Web Locks another tab sends what the closed one wrote, and only then', async () => {
    device.hasLocks = false
    const [first, second] = [await openTab(bo), await openTab(bo)]
    void second.desk.changeStatus(id(1), 'waiting')
    await clock.pass(30_000)
    expect([changesOf(first), changesOf(second)]).toEqual([[], ['status']])
    close(second)
    await clock.pass(12_000)
    await flow()
    expect(changesOf(first)).toEqual(['status'])
    expect([server.tickets[0]?.status, device.stored.size]).toEqual(['waiting', 0])
  })
})

async function openTab(person: SimulatedPerson): Promise<Tab> {
  const network = new SimulatedNetwork(server, server.readerOf(person.id), 50)
  const tab: Tab = { network, desk: undefined as never }
  tabs.push(tab)
  tab.desk = createDesk({
    baseUrl: 'http://desk',
    me: server.me(person.id),
    environment: {
      ...clock.environment,
      fetch: (...call) => tab.network.fetch(...call),
      outbox: device.tab(),
      storage: device.storage,
    },
    open: (...call) => tab.network.open(...call),
  })
  tab.desk.openList({})
  await settled()
  // Reads are answered; changes stay on their way.
  network.hear(1)
  for (let left = network.requests.length; left > 0; left -= 1) {
    const index = network.requests.findIndex(({ method }) => method === 'GET')
    if (index < 0) break
    network.serve(index)
    network.deliver(0)
    await settled()
  }
  return tab
}

function close(tab: Tab): void {
  tabs = tabs.filter((other) => other !== tab)
  tab.desk.stop()
}

/** From now on nothing leaves the tab. */
function cutOff(tab: Tab): void {
  clock.cutOff()
  tab.network = new SimulatedNetwork(server, server.readerOf(bo.id), 50)
}

async function flow(): Promise<void> {
  for (const { network } of [...tabs, ...tabs]) await network.flow()
}

function refuse(tab: Tab, path: string, code: string, details?: object, status = 409): void {
  tab.network.answer(path, status, { code, message: 'No.', details })
  const index = tab.network.requests.filter(({ answer }) => answer !== undefined).length - 1
  tab.network.deliver(index)
}

/** A call that was made is answered with this. */
function reply({ network }: Tab, path: string, body: object): void {
  network.answer(path, 201, body)
  network.deliver(network.requests.filter(({ answer }) => answer !== undefined).length - 1)
}

/** The changes that a tab asked the server for. */
function changesOf({ network }: Tab): string[] {
  return network.asked
    .filter((call) => !call.startsWith('GET'))
    .map((call) => call.split('/').at(-1) ?? '')
}

function shown({ desk }: Tab) {
  return [...desk.state.lists.values()][0]?.items.find((item) => item.id === id(1))
}

function comment(body: string) {
  return { id: server.newId(), body, internal: false, attachmentIds: [] }
}

function id(number: number): string {
  return ids[number - 1] ?? ''
}

function newcomer(name: string): SimulatedPerson {
  return {
    id: `person-${name}`,
    name,
    role: 'admin',
    staff: true,
    active: true,
    color: 0,
    theme: 'auto',
  }
}
