import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Counters, Tag } from '@deskbell/contract'
import { createDesk } from './desk.ts'
import { ApiError } from './api-error.ts'
import { listKey } from './resources/list-key.ts'
import { settled, SimulatedClock } from './testing/simulated-clock.ts'
import { SimulatedNetwork } from './testing/simulated-network.ts'
import { SimulatedServer } from './testing/simulated-server.ts'
import type { SimulatedPerson } from './testing/simulated-server.ts'
import type { Desk, AppliedEvent, ListQuery, ListState, TicketState } from './types.ts'

const ada = newcomer('ada', 'super_admin')
const bo = newcomer('bo', 'admin')
const cy = newcomer('cy', 'sales')

let server: SimulatedServer
let network: SimulatedNetwork
let clock: SimulatedClock
let desk: Desk
let bugs: unknown[]
/** Tickets #1 to #4, of which #3 is Cy's. */
let ids: string[]

beforeEach(() => {
  server = new SimulatedServer(structuredClone([ada, bo, cy]))
  ids = [ada, ada, cy, ada].map(({ id }, index) =>
    server.create(id, { title: `Ticket ${index + 1}` }),
  )
  clock = new SimulatedClock()
  bugs = []
  open(bo)
})

afterEach(() => {
  desk.stop()
})

describe('reads and events', () => {
  test('a desk shows what it read and the events since then', async () => {
    desk.openList({})
    await network.flow()
    expect(list({}).status).toBe('ready')
    expect(numbers({})).toEqual([4, 3, 2, 1])
    server.changeStatus(ada.id, id(2), 'waiting')
    network.hear(1)
    expect(numbers({})).toEqual([2, 4, 3, 1])
    expect(item(2)).toMatchObject({ status: 'waiting', seen: 0, pending: [] })
  })

  test('[DL7] changes by others cause no request', async () => {
    desk.openList({})
    desk.openList({ assignee: 'me' })
    desk.openTicket('2')
    await network.flow()
    const asked = network.asked.length
    server.changeStatus(ada.id, id(2), 'waiting')
    server.edit(ada.id, id(2), { title: 'Printer', assigneeId: bo.id })
    server.comment(ada.id, id(2), { body: 'hello', internal: true, files: 1 })
    server.changePriority(ada.id, id(2), 'urgent')
    server.create(ada.id, { title: 'Another' })
    await network.flow()
    expect(network.asked.length).toBe(asked)
    expect(ticket('2').timeline.map(({ kind }) => kind)).toEqual([
      'created',
      'status',
      'updated',
      'comment',
      'priority',
    ])
    expect(numbers({ assignee: 'me' })).toEqual([2])
    expect(desk.state.counters).toEqual(server.readCounters(server.readerOf(bo.id)).counters)
  })

  test('[RD2] a reply from ahead of the stream ignores the events that it contains', async () => {
    await network.flow()
    server.changeStatus(ada.id, id(2), 'waiting')
    server.changeStatus(ada.id, id(2), 'resolved')
    desk.openTicket('2')
    network.serve(0)
    network.deliver(0)
    await settled()
    expect(ticket('2').timeline).toHaveLength(3)
    network.hear(1)
    expect(ticket('2').ticket.status).toBe('resolved')
    network.hear(1)
    expect(ticket('2').timeline).toHaveLength(3)
  })

  test('[RD3] events during a request are applied over its reply', async () => {
    await network.flow()
    desk.openTicket('2')
    desk.openList({})
    network.serve(0)
    network.serve(0)
    server.changeStatus(ada.id, id(2), 'waiting')
    network.hear(1)
    network.deliver(0)
    network.deliver(0)
    await settled()
    expect(ticket('2').ticket.status).toBe('waiting')
    expect(numbers({})).toEqual([2, 4, 3, 1])
  })

  test('[RD4] of two replies for the same entry the later one wins, in either order of arrival', async () => {
    desk.openList({})
    await network.flow()
    void desk.reloadList({})
    network.serve(0)
    server.changeStatus(ada.id, id(2), 'waiting')
    void desk.reloadList({})
    network.serve(0)
    network.deliver(1)
    await settled()
    network.deliver(0)
    await settled()
    expect(item(2)?.status).toBe('waiting')
    expect(numbers({})).toEqual([2, 4, 3, 1])
  })

  test('[RD4] [RD5] the client repeats a request whose reply is older than the entry', async () => {
    desk.openList({})
    await network.flow()
    const old = server.readList(server.readerOf(bo.id), { limit: '50' }, 50)
    server.changeStatus(ada.id, id(2), 'closed')
    await network.flow()
    const asked = network.asked.length
    void desk.reloadList({})
    network.answer('/api/tickets', 200, old)
    network.deliver(0)
    await settled()
    expect(numbers({})).toEqual([2, 4, 3, 1])
    await clock.pass(500)
    await network.flow()
    expect(numbers({})).toEqual([2, 4, 3, 1])
    expect(network.asked.slice(asked)).toEqual(['GET /api/tickets', 'GET /api/tickets'])
  })

  test('[RD4] the client repeats a request whose reply is older than an entry from ahead of the stream', async () => {
    desk.openList({})
    await network.flow()
    server.changeStatus(ada.id, id(2), 'waiting')
    const old = server.readList(server.readerOf(bo.id), { limit: '50' }, 50)
    server.changeStatus(ada.id, id(2), 'closed')
    void desk.reloadList({})
    network.serve(0)
    network.deliver(0)
    await settled()
    expect(item(2)?.status).toBe('closed')
    // The stream has told neither of the two so far.
    void desk.reloadList({})
    network.answer('/api/tickets', 200, old)
    network.deliver(0)
    await settled()
    const asked = network.asked.length
    expect(item(2)?.status).toBe('closed')
    await clock.pass(500)
    expect(network.asked.length).toBe(asked + 1)
  })

  test('[RD4] a row from an older list does not replace the row of a newer ticket', async () => {
    await network.flow()
    desk.openList({})
    network.serve(0)
    server.changeStatus(ada.id, id(2), 'closed')
    desk.openTicket('2')
    network.serve(0)
    network.deliver(1)
    await settled()
    network.deliver(0)
    await settled()
    expect(item(2)?.status).toBe('closed')
    expect(numbers({})).toEqual([2, 4, 3, 1])
  })

  test('[RS6] after a restored backup the desk shows nothing of the log that the backup undid', async () => {
    desk.openList({})
    desk.openTicket('2')
    await network.flow()
    const restore = server.backup()
    server.editMe(ada.id, { name: 'Ada L.' })
    await network.flow()
    const done = desk.editTicket(id(2), { description: 'undone' })
    await settled()
    network.serve(0)
    network.deliver(0)
    await done
    expect(ticket('2').ticket).toMatchObject({ description: 'undone', creator: { name: 'Ada L.' } })
    restore()
    await comeBack()
    await network.flow()
    expect(ticket('2').ticket).toMatchObject({ description: '', creator: { name: 'ada' } })
    expect(item(4)?.creator.name).toBe('ada')
    expect(desk.state.connection).toEqual({ state: 'live' })
  })

  test('[RD5] the client reads again what it read before the stream began', async () => {
    desk.openList({})
    while (network.requests.some(({ answer }) => answer === undefined)) network.serve(0)
    server.changeStatus(ada.id, id(2), 'waiting')
    while (network.requests.length > 0) network.deliver(0)
    await settled()
    expect(numbers({})).toEqual([4, 3, 2, 1])
    // The stream of this connection begins after the change: no event will tell it.
    await comeBack()
    await network.flow()
    expect(numbers({})).toEqual([2, 4, 3, 1])
  })

  test('a list that cannot be read shows an error after three tries, and recovers by itself', async () => {
    desk.openList({})
    await cutAll(2)
    expect(list({}).status).toBe('loading')
    await cutAll(1)
    expect(list({})).toMatchObject({ status: 'failed', error: { code: 'network' } })
    await clock.pass(10_000)
    await network.flow()
    expect(list({})).toMatchObject({ status: 'ready', error: undefined })
  })

  test('failed entries are fetched at once when the connection is back', async () => {
    desk.openList({})
    await cutAll(5)
    expect(list({}).status).toBe('failed')
    await comeBack()
    const asked = network.asked.length
    network.hear(1)
    expect(network.asked.slice(asked)).toContain('GET /api/tickets')
    await network.flow()
    expect(list({}).status).toBe('ready')
  })

  test('a ticket that does not exist fails once and is not fetched again', async () => {
    desk.openTicket('99')
    await network.flow()
    expect(desk.state.tickets.get('99')).toMatchObject({
      status: 'failed',
      error: { code: 'not.found' },
    })
    await clock.pass(20_000)
    expect(network.asked.filter((path) => path.includes('99'))).toHaveLength(1)
  })

  test('[RD6] further pages load on demand and stay current', async () => {
    pages(2)
    desk.openList({})
    await network.flow()
    expect(numbers({})).toEqual([4, 3])
    expect(list({}).more).toBe(true)
    const more = [desk.loadMore({}), desk.loadMore({})]
    expect(list({}).loadingMore).toBe(true)
    await network.flow()
    await Promise.all(more)
    expect(numbers({})).toEqual([4, 3, 2, 1])
    expect(list({})).toMatchObject({ more: false, loadingMore: false })
    expect(network.asked.filter((path) => path === 'GET /api/tickets')).toHaveLength(2)
    server.changeStatus(ada.id, id(1), 'waiting')
    await network.flow()
    expect(numbers({})).toEqual([1, 4, 3, 2])
  })

  test('[RD6] a list by tags goes on behind pages without rows, until it has one', async () => {
    pages(1)
    const tag = newTag('Printer')
    server.saveTag(ada.id, tag)
    for (const number of [2, 4]) server.setTags(ada.id, id(number), { add: [tag.id] })
    const tagged = { tag: [tag.id], sort: 'created' } as const
    desk.openList(tagged)
    await network.flow()
    expect([numbers(tagged), list(tagged).more]).toEqual([[2], true])
    void desk.loadMore(tagged)
    await network.flow()
    expect([numbers(tagged), list(tagged).more]).toEqual([[2, 4], false])
    for (const number of [1, 3]) server.setTags(ada.id, id(number), { add: [tag.id] })
    await network.flow()
    expect(numbers(tagged)).toEqual([1, 2, 3, 4])
  })

  test('[CL9] a list that is fetched again keeps its number of rows', async () => {
    pages(2)
    desk.openList({})
    await network.flow()
    void desk.loadMore({})
    await network.flow()
    server.changeStatus(ada.id, id(1), 'waiting')
    network.prune()
    await comeBack()
    network.hear(1)
    server.changeStatus(ada.id, id(2), 'waiting')
    network.hear(1)
    // Old and new are not mixed.
    expect(numbers({})).toEqual([4, 3, 2, 1])
    await network.flow()
    expect(numbers({})).toEqual([2, 1, 4, 3])
  })

  test('a page that was requested before its list is fetched again is dropped', async () => {
    pages(2)
    desk.openList({})
    await network.flow()
    void desk.loadMore({})
    await settled()
    network.serve(0)
    server.changeStatus(ada.id, id(1), 'waiting')
    void desk.reloadList({})
    expect(list({}).loadingMore).toBe(false)
    network.serve(0)
    network.deliver(1)
    await settled()
    network.deliver(0)
    await network.flow()
    // As continued by the old page, it would lack #3.
    expect(numbers({})).toEqual([1, 4])
  })

  test('[RD7] search results stay, and say that they may have changed', async () => {
    desk.openList({ q: 'Ticket' })
    await network.flow()
    server.comment(ada.id, id(1), { body: 'hello', internal: false })
    await network.flow()
    expect(numbers({ q: 'Ticket' })).toEqual([4, 3, 2, 1])
    expect(list({ q: 'Ticket' }).items[3]?.commentCount).toBe(1)
    expect(list({ q: 'Ticket' }).resultsMayHaveChanged).toBe(true)
    void desk.reloadList({ q: 'Ticket' })
    await network.flow()
    expect(numbers({ q: 'Ticket' })).toEqual([1, 4, 3, 2])
    expect(list({ q: 'Ticket' }).resultsMayHaveChanged).toBe(false)
  })

  test('a person has the same name everywhere, also in older replies', async () => {
    desk.openTicket('2')
    await network.flow()
    desk.openList({})
    network.serve(0)
    server.editMe(ada.id, { name: 'Ada L.' })
    network.hear(1)
    network.deliver(0)
    await settled()
    // Of #4 nothing was known before the reply.
    expect(item(4)?.creator.name).toBe('Ada L.')
    expect(item(2)?.creator.name).toBe('Ada L.')
    expect(ticket('2').timeline[0]?.actor).toMatchObject({ person: { name: 'Ada L.' } })
  })

  test('an event with a name from before a rename shows the new name', async () => {
    desk.openList({})
    await network.flow()
    const old = server.ref(ada.id)
    server.editMe(ada.id, { name: 'Ada L.' })
    server.changeStatus(bo.id, id(2), 'waiting')
    const late = server.eventsAfter(0).at(-1)
    if (late?.rows !== undefined) late.rows.staff.creator = old
    await comeBack()
    await network.flow()
    expect(item(2)).toMatchObject({ status: 'waiting', creator: { name: 'Ada L.' } })
  })

  test('[RD8] the tickets of a deactivated person count as unassigned', async () => {
    server.edit(ada.id, id(1), { assigneeId: bo.id })
    open(ada)
    desk.openList({ assignee: 'none' })
    await network.flow()
    expect(numbers({ assignee: 'none' })).toEqual([4, 3, 2])
    expect(counters().unassigned).toBe(3)
    server.setActive(ada.id, bo.id, false)
    network.hear(2)
    expect(counters().unassigned).toBe(4)
    await network.flow()
    expect(numbers({ assignee: 'none' })).toEqual([1, 4, 3, 2])
    server.setActive(ada.id, bo.id, true)
    await network.flow()
    expect(counters().unassigned).toBe(3)
    expect(numbers({ assignee: 'none' })).toEqual([4, 3, 2])
  })
})

describe('access', () => {
  beforeEach(() => {
    desk.stop()
    open(cy)
  })

  test('[AU4] a ticket that the reader gains is fetched and takes its place', async () => {
    desk.openList({})
    desk.openTicket('2')
    await network.flow()
    expect(numbers({})).toEqual([3])
    expect(desk.state.tickets.get('2')?.status).toBe('failed')
    server.watch(ada.id, id(2), cy.id)
    await network.flow()
    expect(numbers({})).toEqual([2, 3])
    expect(ticket('2').ticket.watchers.map(({ name }) => name)).toEqual(['cy'])
    expect(counters().open).toBe(2)
  })

  test('[AU4] an earlier refusal does not hide a ticket that the reader has gained', async () => {
    desk.openTicket('2')
    while (network.requests.some(({ answer }) => answer === undefined)) network.serve(0)
    server.watch(ada.id, id(2), cy.id)
    network.hear(2)
    await settled()
    while (network.requests.some(({ answer }) => answer === undefined)) network.serve(0)
    // The answers arrive in the other order than they were asked for.
    while (network.requests.length > 0) {
      network.deliver(network.requests.length - 1)
      await settled()
    }
    expect(ticket('2').ticket.number).toBe(2)
  })

  test('[AU3] a ticket that the reader loses leaves every list and counter', async () => {
    server.watch(ada.id, id(2), cy.id)
    desk.openList({})
    desk.openList({ q: 'Ticket' })
    desk.openTicket('2')
    desk.openTicket(id(2))
    await network.flow()
    server.unwatch(ada.id, id(2), cy.id)
    server.changeStatus(ada.id, id(2), 'closed')
    await network.flow()
    expect(numbers({})).toEqual([3])
    expect(numbers({ q: 'Ticket' })).toEqual([3])
    expect(desk.state.tickets.get('2')).toEqual({ status: 'lost' })
    expect(desk.state.tickets.get(id(2))).toEqual({ status: 'lost' })
    expect(counters()).toMatchObject({ open: 1, closed: 0 })

    server.watch(ada.id, id(2), cy.id)
    await network.flow()
    expect(ticket('2').ticket.status).toBe('closed')
    expect(numbers({})).toEqual([2, 3])
  })

  test('[AU3] a reply to an earlier request does not bring back a lost ticket', async () => {
    server.watch(ada.id, id(2), cy.id)
    await network.flow()
    desk.openList({})
    desk.openTicket('2')
    network.serve(0)
    network.serve(0)
    server.unwatch(ada.id, id(2), cy.id)
    network.hear(1)
    network.deliver(0)
    network.deliver(0)
    await settled()
    expect(numbers({})).toEqual([3])
    expect(desk.state.tickets.get('2')).toEqual({ status: 'lost' })
  })

  test('[AU4] events of a gained ticket do not change the counters before they include it', async () => {
    await network.flow()
    server.watch(ada.id, id(2), cy.id)
    server.changeStatus(ada.id, id(2), 'closed')
    network.hear(2)
    expect(counters()).toMatchObject({ open: 1, closed: 0 })
    await network.flow()
    expect(counters()).toMatchObject({ open: 1, closed: 1 })
  })

  test('[AU4] a gained ticket that was seen in another window first still appears', async () => {
    server.watch(ada.id, id(2), cy.id)
    desk.openList({})
    await network.flow()
    server.unwatch(ada.id, id(2), cy.id)
    await network.flow()
    expect(numbers({})).toEqual([3])
    server.watch(ada.id, id(2), cy.id)
    network.hear(1)
    await settled()
    while (network.requests.some(({ answer }) => answer === undefined)) network.serve(0)
    server.markSeen(cy.id, id(2), server.head.seq)
    network.hear(1)
    await network.flow()
    expect(numbers({})).toEqual([2, 3])
  })

  test('[AU4] a reply from before the ticket was gained does not replace the counters', async () => {
    await network.flow()
    network.prune()
    await comeBack()
    network.hear(1)
    while (network.requests.some(({ answer }) => answer === undefined)) network.serve(0)
    server.watch(ada.id, id(2), cy.id)
    network.hear(1)
    while (network.requests.some(({ answer }) => answer !== undefined)) network.deliver(0)
    await settled()
    await network.flow()
    expect(counters().open).toBe(2)
  })

  test('[RD8] requesters fetch their counters again when a person is deactivated', async () => {
    server.edit(ada.id, id(1), { assigneeId: bo.id })
    server.edit(ada.id, id(2), { assigneeId: bo.id })
    server.watch(ada.id, id(2), cy.id)
    await network.flow()
    expect(counters().unassigned).toBe(1)
    server.setActive(ada.id, bo.id, false)
    await network.flow()
    expect(counters().unassigned).toBe(2)
  })

  test('[AU3] a ticket that the reader lost while offline is lost', async () => {
    server.watch(ada.id, id(2), cy.id)
    desk.openTicket('2')
    await network.flow()
    expect(ticket('2').ticket.number).toBe(2)
    network.prune()
    network.drop()
    server.unwatch(ada.id, id(2), cy.id)
    await afterASecond()
    await network.flow()
    expect(desk.state.tickets.get('2')).toEqual({ status: 'lost' })
    expect(desk.state.connection).toEqual({ state: 'live' })
  })

  test('[AU5] events that a replay leaves out do not make the counters wrong', async () => {
    server.watch(ada.id, id(2), cy.id)
    await network.flow()
    expect(counters()).toMatchObject({ open: 2, closed: 0 })
    network.drop()
    server.changeStatus(ada.id, id(2), 'closed')
    server.unwatch(ada.id, id(2), cy.id)
    await afterASecond()
    await network.flow()
    expect(counters()).toMatchObject({ open: 1, closed: 0 })
  })
})

describe('own changes', () => {
  beforeEach(async () => {
    desk.openList({})
    desk.openTicket('2')
    await network.flow()
  })

  test('[CL5] a change shows at once, marked as pending, and its event confirms it', async () => {
    const done = desk.changeStatus(id(2), 'waiting')
    expect(item(2)).toMatchObject({ status: 'waiting', pending: ['status'] })
    expect(ticket('2').ticket).toMatchObject({ status: 'waiting', pending: ['status'] })
    await settled()
    network.serve(0)
    network.hear(1)
    await done
    expect(item(2)).toMatchObject({ status: 'waiting', pending: [] })
    expect(ticket('2').timeline).toHaveLength(2)
  })

  test('[CL5] a reply confirms a change, and the event after it changes nothing', async () => {
    const done = desk.editTicket(id(2), { title: 'New', description: 'Longer' })
    await settled()
    network.serve(0)
    network.deliver(0)
    await done
    expect(item(2)).toMatchObject({ title: 'New', pending: [] })
    expect(ticket('2').ticket).toMatchObject({ title: 'New', description: 'Longer', pending: [] })
    const before = ticket('2').ticket
    network.hear(1)
    expect(ticket('2').ticket).toEqual({ ...before, version: ticket('2').ticket.version })
    expect(ticket('2').timeline.at(-1)).toMatchObject({ kind: 'updated' })
  })

  test('[WR9] until the event arrives, an open ticket has the version of the timeline shown', async () => {
    const { version } = ticket('2').ticket
    server.comment(ada.id, id(2), { body: 'not heard yet', internal: false })
    const done = desk.changeStatus(id(2), 'waiting')
    await settled()
    network.serve(0)
    network.deliver(0)
    await done
    expect(ticket('2').ticket).toMatchObject({ status: 'waiting', version })
    network.hear(2)
    expect(ticket('2').ticket.version).toBe(server.head.seq)
  })

  test('[CL5] a refusal restores the confirmed state and rejects the call', async () => {
    const done = desk.changePriority(id(2), 'urgent')
    expect(item(2)?.priority).toBe('urgent')
    await settled()
    const details = { field: 'priority' }
    network.answer(`/api/tickets/${id(2)}/priority`, 409, {
      code: 'ticket.changed',
      message: 'Someone else did.',
      details,
    })
    network.deliver(0)
    await expect(done).rejects.toMatchObject({ code: 'ticket.changed', status: 409, details })
    expect(item(2)).toMatchObject({ priority: 'medium', pending: [] })
    expect(ticket('2').ticket).toMatchObject({ priority: 'medium', pending: [] })
  })

  test('[CL6] a pending change moves no row', async () => {
    desk.openList({ status: ['open'] })
    await network.flow()
    const done = desk.changeStatus(id(2), 'closed')
    expect(numbers({ status: ['open'] })).toEqual([4, 3, 2, 1])
    expect(list({ status: ['open'] }).items[2]?.status).toBe('closed')
    await network.flow()
    await done
    expect(numbers({ status: ['open'] })).toEqual([4, 3, 1])
    expect(numbers({})).toEqual([2, 4, 3, 1])
  })

  test('[CL7] a change that does not reach the server is sent again with the same key', async () => {
    const done = desk.changeStatus(id(2), 'waiting')
    await settled()
    const { key } = network.requests[0] ?? {}
    network.serve(0)
    network.cut(0)
    await settled()
    await clock.pass(500)
    expect(network.requests[0]?.key).toBe(key)
    expect(key).toMatch(/^[0-9a-f-]{36}$/)
    network.serve(0)
    network.deliver(0)
    await done
    network.hear(1)
    expect(ticket('2').timeline).toHaveLength(2)
  })

  test('[CL7] a change that does not reach the server is sent again as soon as the connection is back', async () => {
    const done = desk.changeStatus(id(2), 'waiting')
    // The next try would be in 8 s.
    await cutAll(5)
    await comeBack()
    network.hear(1)
    await settled()
    expect(network.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1)
    await network.flow()
    await done
    expect(item(2)).toMatchObject({ status: 'waiting', pending: [] })
  })

  test('[CL7] a change that is refused as too frequent waits as long as the server says, and the desk says so', async () => {
    const done = desk.changeStatus(id(2), 'waiting')
    await settled()
    const { key } = network.requests[0] ?? {}
    tooMany(12_000)
    await settled()
    expect(desk.state.slowedUntil).toBe(clock.environment.now() + 12_000)
    expect(item(2)).toMatchObject({ status: 'waiting', pending: ['status'] })
    for (let second = 0; second < 11; second += 1) await afterASecond()
    expect(network.requests).toHaveLength(0)
    await afterASecond()
    expect(desk.state.slowedUntil).toBeUndefined()
    expect(network.requests[0]?.key).toBe(key)
    await network.flow()
    await done
    expect(item(2)).toMatchObject({ status: 'waiting', pending: [] })
  })

  test('a change that must wait for more than 30 s is refused with the time', async () => {
    const outcome = desk.changeStatus(id(2), 'waiting').catch((error: unknown) => error)
    await settled()
    tooMany(40_000)
    expect(await outcome).toMatchObject({ code: 'request.tooMany', retryInMs: 40_000 })
    expect(item(2)).toMatchObject({ status: 'open', pending: [] })
    expect(desk.state.slowedUntil).toBeUndefined()
  })

  test('a read that is refused as too frequent is repeated at the right time without a message', async () => {
    desk.openList({ status: ['open'] })
    await settled()
    tooMany(3_000, '/api/tickets')
    await settled()
    for (let second = 0; second < 3; second += 1) await afterASecond()
    await network.flow()
    expect(list({ status: ['open'] })).toMatchObject({ status: 'ready', error: undefined })
  })

  test('[CL7] a change that does not reach the server within 30 s is reverted', async () => {
    const outcome = desk.changeStatus(id(2), 'waiting').catch((error: unknown) => error)
    for (let seconds = 0; seconds < 32; seconds += 1) {
      while (network.requests.length > 0) network.cut(0)
      await afterASecond()
    }
    expect(await outcome).toMatchObject({ code: 'network' })
    expect(item(2)).toMatchObject({ status: 'open', pending: [] })
  })

  test('[CL7] changes of the same field arrive in the order of their calls', async () => {
    const first = desk.changeStatus(id(2), 'waiting')
    const second = desk.changeStatus(id(2), 'resolved')
    expect(item(2)?.status).toBe('resolved')
    await settled()
    expect(network.requests).toHaveLength(1)
    await network.flow()
    await Promise.all([first, second])
    expect(server.tickets[1]?.status).toBe('resolved')
    expect(ticket('2').ticket.status).toBe('resolved')
  })

  test('[CL7] comments arrive in the order of their calls', async () => {
    const sent = ['first', 'second'].map((body) =>
      desk.addComment(id(2), { id: server.newId(), body, internal: false, attachmentIds: [] }),
    )
    await settled()
    expect(network.requests).toHaveLength(1)
    await network.flow()
    await Promise.all(sent)
    expect(network.asked.filter((call) => call.endsWith('/comments'))).toHaveLength(2)
  })

  test('[CL7] a comment and a change of status arrive in the order of their calls', async () => {
    const comment = { id: server.newId(), body: 'Done', internal: false, attachmentIds: [] }
    const sent = [desk.addComment(id(2), comment), desk.changeStatus(id(2), 'resolved')]
    await settled()
    expect(network.requests.map(({ path }) => path)).toEqual([expect.stringMatching(/\/comments$/)])
    await network.flow()
    await Promise.all(sent)
    expect(server.tickets[1]?.status).toBe('resolved')
  })

  test('[WR8] a choice names the version on which it is based', async () => {
    const { version } = ticket('2').ticket
    void desk.changeStatus(id(2), 'waiting')
    await settled()
    expect(network.requests[0]?.body).toEqual({ status: 'waiting', version })
    await network.flow()
  })

  test('[CL5] a comment shows at once and only once', async () => {
    const comment = {
      id: server.newId(),
      body: 'hello',
      internal: false,
      attachmentIds: [],
      seenVersion: 4,
    }
    const done = desk.addComment(id(2), comment)
    expect(ticket('2').unconfirmed).toMatchObject([{ id: comment.id, body: 'hello' }])
    await settled()
    expect(network.requests[0]).toMatchObject({ key: comment.id, body: comment })
    network.serve(0)
    network.deliver(0)
    await done
    expect(ticket('2').unconfirmed).toEqual([])
    expect(ticket('2').timeline.at(-1)).toMatchObject({
      kind: 'comment',
      comment: { id: comment.id },
    })
    network.hear(1)
    expect(ticket('2').timeline).toHaveLength(2)
    expect(ticket('2').timeline.at(-1)?.seq).toBe(server.head.seq)
  })

  test('[CL9] pending changes survive a resync', async () => {
    const comment = { id: server.newId(), body: 'hello', internal: false, attachmentIds: [] }
    const done = [desk.addComment(id(2), comment), desk.changeStatus(id(3), 'waiting')]
    await settled()
    // They wait for the server's limit: a connection that is back does not change that.
    for (const path of [`${id(2)}/comments`, `${id(3)}/status`])
      tooMany(500, `/api/tickets/${path}`)
    network.prune()
    network.drop()
    await settled()
    await clock.pass(400)
    clock.wake()
    await network.flow()
    expect(desk.state.connection).toEqual({ state: 'live' })
    expect(ticket('2').unconfirmed).toHaveLength(1)
    expect(item(3)).toMatchObject({ status: 'waiting', pending: ['status'] })
    await clock.pass(100)
    await network.flow()
    await Promise.all(done)
    expect(ticket('2').unconfirmed).toEqual([])
    expect(ticket('2').timeline).toHaveLength(2)
  })

  test('watchers, edited comments and deleted comments show at once', async () => {
    const comment = server.comment(bo.id, id(2), { body: 'first', internal: false })
    await network.flow()
    void desk.watch(id(2), server.ref(cy.id))
    void desk.editComment(id(2), comment.id, 'second').catch(() => undefined)
    expect(ticket('2').ticket).toMatchObject({ watchers: [{ name: 'cy' }], pending: ['watchers'] })
    expect(ticket('2').timeline.at(-1)).toMatchObject({ comment: { body: 'second' } })
    void desk.deleteComment(id(2), comment.id).catch(() => undefined)
    expect(ticket('2').timeline.at(-1)).toMatchObject({
      comment: { body: '', deletedAt: expect.any(String) },
    })
    await network.flow()
    expect(ticket('2').ticket).toMatchObject({ watchers: [{ name: 'cy' }], pending: [] })
  })

  test('[CL5] tags of a ticket show at once, and a refusal reverts them', async () => {
    const tag = newTag('Printer')
    server.saveTag(ada.id, tag)
    await network.flow()
    const done = desk.setTags(id(2), { add: [tag.id] })
    expect(item(2)).toMatchObject({ tags: [tag.id], pending: ['tags'] })
    await settled()
    const code = 'tag.archived'
    network.answer(`/api/tickets/${id(2)}/tags`, 409, { code, message: 'It is archived.' })
    network.deliver(0)
    await expect(done).rejects.toMatchObject({ code })
    expect(item(2)).toMatchObject({ tags: [], pending: [] })
  })

  test('[CL5] a tag that is still being added is removed at once', async () => {
    const tag = newTag('Printer')
    server.saveTag(ada.id, tag)
    await network.flow()
    void desk.setTags(id(2), { add: [tag.id] })
    expect(item(2)?.tags).toEqual([tag.id])
    void desk.setTags(id(2), { remove: [tag.id] })
    expect(item(2)?.tags).toEqual([])
    await network.flow()
    expect(item(2)).toMatchObject({ tags: [], pending: [] })
  })

  test('[CL5] edits of one tag show together, also with those of others', async () => {
    const tag = newTag('Printer')
    server.saveTag(ada.id, tag)
    await network.flow()
    const shown = () => desk.state.tags?.get(tag.id)
    void desk.editTag(tag.id, { name: 'Scanner' })
    void desk.editTag(tag.id, { color: 'pink' })
    expect(shown()).toMatchObject({ name: 'Scanner', color: 'pink' })
    await network.flow()
    expect(shown()).toMatchObject({ name: 'Scanner', color: 'pink' })
    void desk.editTag(tag.id, { color: 'teal' })
    server.saveTag(ada.id, { ...tag, name: 'Copier', color: 'pink' })
    network.hear(1)
    expect(shown()).toMatchObject({ name: 'Copier', color: 'teal' })
    await network.flow()
    expect(shown()).toMatchObject({ name: 'Copier', color: 'teal' })
  })

  test('[CL5] removing a tag removes the tags that stand for it at once', async () => {
    const [paper, printer] = [newTag('Paper'), newTag('Printer')]
    for (const tag of [paper, printer]) server.saveTag(ada.id, tag)
    server.setTags(ada.id, id(2), { add: [paper.id] })
    server.saveTag(ada.id, { ...paper, mergedInto: printer.id })
    await network.flow()
    expect(desk.state.tags?.get(paper.id)?.name).toBe('Printer')
    void desk.setTags(id(2), { remove: [printer.id] })
    expect(item(2)?.tags).toEqual([])
    await network.flow()
    expect(item(2)).toMatchObject({ tags: [], pending: [] })
  })

  test('a list that filters by a tag has the tickets of the tags that are merged into it', async () => {
    const [paper, printer] = [newTag('Paper'), newTag('Printer')]
    for (const tag of [paper, printer]) server.saveTag(ada.id, tag)
    server.setTags(ada.id, id(2), { add: [paper.id] })
    const query = { tag: [printer.id] }
    desk.openList(query)
    await network.flow()
    expect(numbers(query)).toEqual([])
    server.saveTag(ada.id, { ...paper, mergedInto: printer.id })
    await network.flow()
    expect(numbers(query)).toEqual([2])
    server.changeStatus(ada.id, id(2), 'waiting')
    await network.flow()
    expect(numbers(query)).toEqual([2])
  })

  test('a new ticket is seen by its creator, and known when the call resolves', async () => {
    const done = desk.createTicket({ title: 'Mine', description: '' })
    await network.flow()
    const made = await done
    expect(made).toMatchObject({ title: 'Mine', number: 5 })
    expect(made?.seen).toBe(made?.version)
    expect(numbers({})).toEqual([5, 4, 3, 2, 1])
    expect(item(5)?.seen).toBe(item(5)?.version)
  })

  test('a new ticket whose event arrives without a reply resolves the call', async () => {
    const done = desk.createTicket({ title: 'Mine', description: '' })
    await settled()
    network.serve(0)
    network.cut(0)
    network.hear(1)
    expect(await done).toMatchObject({ title: 'Mine', number: 5, seen: server.head.seq })
  })

  test('a new ticket resolves the call also when its event causes a resync', async () => {
    const restore = server.backup()
    const undone = desk.editTicket(id(2), { description: 'undone' })
    await settled()
    network.serve(0)
    network.deliver(0)
    await undone
    restore()
    const done = desk.createTicket({ title: 'Mine', description: '' })
    await settled()
    network.serve(0)
    network.cut(0)
    await comeBack()
    await network.flow()
    expect(await done).toMatchObject({ title: 'Mine', number: 5, seen: server.head.seq })
  })

  test('[RD9] marking a ticket as seen shows at once and sends one request', async () => {
    expect(item(2)?.seen).toBe(0)
    const done = desk.markSeen(id(2))
    expect(item(2)?.seen).toBe(item(2)?.version)
    await desk.markSeen(id(2))
    await network.flow()
    await done
    await desk.markSeen(id(2))
    expect(network.asked.filter((path) => path.endsWith('/seen'))).toHaveLength(1)
    expect(ticket('2')).toMatchObject({
      seenAtOpen: 0,
      ticket: { seen: ticket('2').ticket.version },
    })
  })

  test('a person’s own settings show at once and are reverted when refused', async () => {
    const done = desk.editMe({ settings: { theme: 'dark' } })
    expect(desk.state.me.settings.theme).toBe('dark')
    await settled()
    network.answer('/api/me', 400, { code: 'request.invalid', message: 'No.' })
    network.deliver(0)
    await expect(done).rejects.toBeInstanceOf(ApiError)
    expect(desk.state.me.settings.theme).toBe('auto')
    const again = desk.editMe({ settings: { theme: 'light' }, name: 'Bob' })
    await network.flow()
    await again
    expect(desk.state.me).toMatchObject({ name: 'Bob', settings: { theme: 'light' } })
  })

  test('name and settings changed in one call stay shown until both events arrive', async () => {
    const done = desk.editMe({ settings: { theme: 'dark' }, name: 'Bob' })
    await settled()
    network.serve(0)
    network.hear(1)
    expect(desk.state.me).toMatchObject({ name: 'Bob', settings: { theme: 'dark' } })
    network.hear(1)
    await done
    expect(desk.state.me).toMatchObject({ name: 'Bob', settings: { theme: 'dark' } })
  })

  test('[SE7] a call that is refused because another person is signed in ends the session', async () => {
    const refused = desk.changeStatus(id(2), 'waiting')
    await settled()
    network.answer(`/api/tickets/${id(2)}/status`, 401, {
      code: 'session.other',
      message: 'Someone else is signed in here now.',
    })
    while (network.requests.some(({ answer }) => answer !== undefined)) network.deliver(0)
    await expect(refused).rejects.toMatchObject({ code: 'session.none' })
    expect(desk.state.connection).toEqual({ state: 'ended', reason: 'replaced' })
    await expect(desk.changeStatus(id(3), 'closed')).rejects.toMatchObject({ code: 'session.none' })
  })

  test('[SE6] a 401 on any call ends the session and rejects waiting changes', async () => {
    const outcome = desk.changeStatus(id(3), 'waiting').catch((error: unknown) => error)
    await settled()
    network.cut(0)
    const refused = desk.changeStatus(id(2), 'waiting')
    // The second time it is no token that another tab has renewed.
    for (const _time of [1, 2]) {
      await settled()
      network.answer(`/api/tickets/${id(2)}/status`, 401, {
        code: 'session.none',
        message: 'Please sign in.',
      })
      network.deliver(0)
    }
    await expect(refused).rejects.toMatchObject({ code: 'session.none' })
    expect(await outcome).toMatchObject({ code: 'session.none' })
    expect(desk.state.connection).toEqual({ state: 'ended', reason: 'expired' })
    expect(item(3)).toMatchObject({ status: 'open', pending: [] })
    await expect(desk.changeStatus(id(3), 'closed')).rejects.toMatchObject({ code: 'session.none' })
  })
})

describe('listeners', () => {
  test('[CL8] [DL6] a listener receives every event once, with its origin and the fields before it', async () => {
    await network.flow()
    const heard: AppliedEvent[] = []
    desk.onEvent((news) => heard.push(news))
    void desk.changeStatus(id(2), 'waiting')
    await network.flow()
    server.changeStatus(ada.id, id(2), 'closed')
    await network.flow()
    network.drop()
    server.changeStatus(ada.id, id(2), 'open')
    await afterASecond()
    await network.flow()
    expect(heard.map(({ own, replayed, before }) => [own, replayed, before?.status])).toEqual([
      [true, false, 'open'],
      [false, false, 'waiting'],
      [false, true, 'closed'],
    ])
  })

  test('[CL8] a listener that throws is reported, and the others still run', async () => {
    await network.flow()
    const heard: string[] = []
    desk.onEvent(() => {
      throw new Error('bad listener')
    })
    desk.onEvent(({ event }) => heard.push(event.name))
    desk.onTicketEvent('statusChanged', () => {
      throw new Error('bad handler')
    })
    desk.onTicketEvent('statusChanged', ({ newStatus }, { seq }) =>
      heard.push(`${newStatus} ${seq}`),
    )
    server.changeStatus(ada.id, id(2), 'waiting')
    network.hear(1)
    expect(heard).toEqual(['ticket:statusChanged', `waiting ${server.head.seq}`])
    expect(bugs).toEqual([new Error('bad listener'), new Error('bad handler')])
    expect(desk.state.connection).toEqual({ state: 'live' })
  })

  test('removing a handler leaves the other handlers of its name', async () => {
    await network.flow()
    const heard: string[] = []
    const first = () => void heard.push('first')
    desk.onTicketEvent('statusChanged', first)
    desk.onTicketEvent('statusChanged', () => void heard.push('second'))
    desk.offTicketEvent('statusChanged', first)
    server.changeStatus(ada.id, id(2), 'waiting')
    network.hear(1)
    expect(heard).toEqual(['second'])
  })

  test('[CL10] unchanged parts of the state keep their identity', async () => {
    server.comment(bo.id, id(1), { body: 'Mine', internal: true })
    desk.openList({})
    desk.openList({ assignee: 'me' })
    desk.openTicket('1')
    await network.flow()
    const before = desk.state
    expect(desk.state).toBe(before)
    server.changeStatus(ada.id, id(2), 'waiting')
    network.hear(1)
    const after = desk.state
    expect(after).not.toBe(before)
    expect(after.me).toBe(before.me)
    expect(after.tickets).toBe(before.tickets)
    expect(after.lists.get(listKey({ assignee: 'me' }))).toBe(
      before.lists.get(listKey({ assignee: 'me' })),
    )
    expect(list({}).items.find(({ number }) => number === 3)).toBe(
      before.lists.get(listKey({}))?.items.find(({ number }) => number === 3),
    )
    network.tellPosition()
    network.hear(1)
    expect(desk.state).toBe(after)
    const unseen = ticket('1')
    const marked = desk.markSeen(id(1))
    const seen = ticket('1')
    expect(seen.ticket).not.toBe(unseen.ticket)
    for (const part of ['timeline', 'gaps', 'attachments', 'unconfirmed'] as const)
      expect(seen[part]).toBe(unseen[part])
    // Neither the answer nor the event brings anything that does not show yet.
    await network.flow()
    await marked
    expect(ticket('1')).toBe(seen)
  })

  test('a subscriber is called after changes, and not after it unsubscribes', async () => {
    let told = 0
    const leave = desk.subscribe(() => (told += 1))
    desk.openList({})
    await network.flow()
    await clock.pass(16)
    expect(told).toBeGreaterThan(0)
    leave()
    const before = told
    server.changeStatus(ada.id, id(2), 'waiting')
    await network.flow()
    await clock.pass(16)
    expect(told).toBe(before)
  })

  test('a subscriber is called once a frame, however many events come', async () => {
    desk.openList({})
    await network.flow()
    await clock.pass(100)
    let told = 0
    desk.subscribe(() => (told += 1))
    for (let times = 0; times < 60; times += 1) {
      server.saveTag(ada.id, newTag(`Tag ${times}`))
      network.hear(1)
      await settled()
    }
    expect(told).toBe(1)
    await clock.pass(16)
    expect(told).toBe(2)
    expect(desk.state.tags?.size).toBe(60)
  })

  test('[CL9] seen tickets stay seen during a resync', async () => {
    desk.openList({})
    await network.flow()
    void desk.markSeen(id(2))
    await network.flow()
    const { seen } = item(2) ?? {}
    expect(seen).toBeGreaterThan(0)
    network.prune()
    await comeBack()
    network.hear(1)
    expect(item(2)?.seen).toBe(seen)
  })

  test('[CL4] the desk does not say that it is live while an entry is stale', async () => {
    desk.openList({})
    await network.flow()
    expect(desk.state.connection).toEqual({ state: 'live' })
    network.prune()
    network.drop()
    expect(desk.state.connection.state).toBe('offline')
    await afterASecond()
    network.hear(1)
    expect(desk.state.connection).toEqual({ state: 'catchingUp', remaining: 5 })
    await network.flow()
    expect(desk.state.connection).toEqual({ state: 'live' })
  })
})

describe('subscriptions', () => {
  test('a list without subscribers is kept for a minute, then evicted', async () => {
    const release = desk.openList({})
    await network.flow()
    release()
    release()
    await clock.pass(30_000)
    expect(desk.state.lists.size).toBe(1)
    const again = desk.openList({})
    await clock.pass(60_000)
    expect(desk.state.lists.size).toBe(1)
    again()
    await clock.pass(60_000)
    expect(desk.state.lists.size).toBe(0)
  })

  test('an evicted list is not fetched again', async () => {
    const release = desk.openList({})
    await cutAll(1)
    release()
    await clock.pass(60_000)
    const asked = network.asked.length
    await cutAll(5)
    expect(network.asked.slice(asked)).not.toContain('GET /api/tickets')
  })

  test('a resync evicts entries without subscribers', async () => {
    desk.openList({})()
    desk.openTicket('2')()
    desk.open('people')()
    await network.flow()
    void desk.reloadList({})
    network.prune()
    network.drop()
    await afterASecond()
    const asked = network.asked.length
    await network.flow()
    await afterASecond()
    await network.flow()
    expect(network.asked.slice(asked).toSorted()).toEqual([
      'GET /api/counters',
      'GET /api/me',
      'GET /api/notifications/count',
      'GET /api/tags',
    ])
    expect([desk.state.lists.size, desk.state.tickets.size]).toEqual([0, 0])
    expect(desk.state.connection).toEqual({ state: 'live' })
  })

  test('a ticket that is opened again shows what is new since then', async () => {
    const release = desk.openTicket('2')
    await network.flow()
    void desk.markSeen(id(2))
    await network.flow()
    expect(ticket('2').seenAtOpen).toBe(0)
    release()
    desk.openTicket('2')
    expect(ticket('2').seenAtOpen).toBe(ticket('2').ticket.version)
  })

  test('a ticket that is opened by its number is in the state by its id, too', async () => {
    desk.openTicket('2')
    await network.flow()
    expect(desk.state.tickets.get(id(2))).toBe(desk.state.tickets.get('2'))
  })

  test('people are in the state while they are retained', async () => {
    open(ada)
    await network.flow()
    expect(desk.state.people).toBeUndefined()
    const release = desk.open('people')
    await network.flow()
    expect(desk.state.people?.map(({ name }) => name)).toEqual(['ada', 'bo', 'cy'])
    server.editMe(cy.id, { name: 'Al' })
    await network.flow()
    expect(desk.state.people?.map(({ name }) => name)).toEqual(['ada', 'Al', 'bo'])
    release()
    expect(desk.state.people).toBeUndefined()
  })

  test('a stopped desk does nothing', async () => {
    desk.openList({})
    await network.flow()
    const hanging = desk.changeStatus(id(2), 'waiting')
    desk.stop()
    await expect(hanging).rejects.toBeInstanceOf(ApiError)
    expect(clock.waiting).toBe(0)
    expect(desk.isSocketConnected()).toBe(false)
  })
})

function open(person: SimulatedPerson): void {
  network = new SimulatedNetwork(server, server.readerOf(person.id), 50)
  connect(person)
}

function pages(size: number): void {
  desk.stop()
  network = new SimulatedNetwork(server, server.readerOf(bo.id), size)
  connect(bo)
}

function connect(person: SimulatedPerson): void {
  const here = network
  server.onEvents = (events) => here.tell(events)
  desk = createDesk({
    baseUrl: 'http://desk',
    me: server.me(person.id),
    environment: {
      ...clock.environment,
      fetch: network.fetch,
      report: (bug) => void bugs.push(bug),
    },
    open: network.open,
  })
}

/** The connection is lost and found again. */
async function comeBack(): Promise<void> {
  network.drop()
  await afterASecond()
}

/** The next answer: that there were too many. */
function tooMany(retryInMs: number, path = `/api/tickets/${id(2)}/status`): void {
  const message = 'That was too often.'
  network.answer(path, 429, { code: 'request.tooMany', message, details: { retryInMs } })
  network.deliver(0)
}

async function afterASecond(): Promise<void> {
  await settled()
  await clock.pass(1_000)
}

async function cutAll(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await settled()
    while (network.requests.length > 0) network.cut(0)
    await afterASecond()
  }
}

function newTag(name: string): Tag {
  const state = { internal: false, archived: false, mergedInto: null }
  return { id: server.newId(), name, color: 'red', ...state }
}

function newcomer(name: string, role: SimulatedPerson['role']): SimulatedPerson {
  return {
    id: `person-${name}`,
    name,
    role,
    staff: role !== 'sales',
    active: true,
    color: 0,
    theme: 'auto',
  }
}

function id(number: number): string {
  return ids[number - 1] ?? ''
}

function list(query: ListQuery): ListState {
  const state = desk.state.lists.get(listKey(query))
  if (state === undefined) throw new Error('that list is not open')
  return state
}

function numbers(query: ListQuery): number[] {
  return list(query).items.map(({ number }) => number)
}

function item(number: number) {
  return list({}).items.find((one) => one.number === number)
}

function ticket(ref: string): TicketState & { status: 'ready' } {
  const state = desk.state.tickets.get(ref)
  if (state?.status !== 'ready') throw new Error(`${ref} is ${state?.status}`)
  return state
}

function counters(): Counters {
  const { counters } = desk.state
  if (counters === undefined) throw new Error('the counters are not read yet')
  return counters
}
