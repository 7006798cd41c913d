import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDesk } from '../desk.ts'
import { ApiError } from '../api-error.ts'
import { settled, SimulatedClock } from '../testing/simulated-clock.ts'
import { SimulatedNetwork } from '../testing/simulated-network.ts'
import { SimulatedServer } from '../testing/simulated-server.ts'
import type { SimulatedPerson } from '../testing/simulated-server.ts'
import type { Desk, TicketState, TimelinePlace } from '../types.ts'

const pageSize = 4
const ada = newcomer('ada')
const bo = newcomer('bo')

let server: SimulatedServer
let network: SimulatedNetwork
let clock: SimulatedClock
let desk: Desk
/** A ticket with 20 comments, and one beside it. */
let ticketId: string
let otherId: string

beforeEach(async () => {
  server = new SimulatedServer(structuredClone([ada, bo]))
  ticketId = server.create(ada.id, { title: 'Printer' })
  otherId = server.create(ada.id, { title: 'Paper' })
  for (let number = 1; number <= 20; number += 1) say(`${number}`)
  network = new SimulatedNetwork(server, server.readerOf(bo.id), pageSize)
  server.onEvents = (events) => network.tell(events)
  clock = new SimulatedClock()
  desk = createDesk({
    me: server.me(bo.id),
    baseUrl: 'http://desk',
    environment: {
      ...clock.environment,
      fetch: network.fetch,
      report: (bug) => {
        throw bug
      },
    },
    open: network.open,
  })
  desk.openTicket('1')
  await network.flow()
})
afterEach(() => desk.stop())

function newcomer(name: string): SimulatedPerson {
  return { id: name, name, role: 'admin', staff: true, active: true, color: 0, theme: 'auto' }
}

function say(body: string, files = 0): string {
  return server.comment(ada.id, ticketId, { body, internal: false, files }).id
}

function open(): TicketState & { status: 'ready' } {
  const state = desk.state.tickets.get('1')
  if (state?.status !== 'ready') throw new Error(`not ready but ${state?.status}`)
  return state
}

/** What is shown, from top to bottom: comments by their words, everything else by its kind, gaps as dots. */
function shown(): string {
  const { timeline, gaps } = open()
  const words = timeline.flatMap((item) => [
    ...(gaps.some(({ before }) => before === item.seq) ? ['…'] : []),
    item.kind === 'comment' ? item.comment.body : item.kind,
  ])
  return words.join(' ')
}

async function load(place: TimelinePlace): Promise<void> {
  const loaded = desk.loadTimeline('1', place)
  await network.flow()
  await loaded
}

/** Asks, and lets the server answer; the answer is still on its way. */
async function ask(place: TimelinePlace): Promise<void> {
  void desk.loadTimeline('1', place)
  await settled()
  network.serve(0)
}

async function arrive(): Promise<void> {
  network.deliver(0)
  await settled()
}

const seqOf = (words: string) =>
  open().timeline.find((item) => item.kind === 'comment' && item.comment.body === words)?.seq ?? -1
const idOf = (words: string) =>
  server.tickets[0]?.comments.find(({ body }) => body === words)?.id ?? ''

test('[RD11] a ticket opens with its newest page, and pages join to its beginning', async () => {
  expect(shown()).toBe('… 17 18 19 20')
  await load({ before: seqOf('17') })
  expect(shown()).toBe('… 13 14 15 16 17 18 19 20')
  while (open().gaps.length > 0) await load({ before: open().gaps[0]?.before ?? 0 })
  const all = Array.from({ length: 20 }, (_, index) => index + 1).join(' ')
  expect(shown()).toBe(`created ${all}`)
})

test('[RD11] a page around a comment stays apart until the gap is loaded from either side', async () => {
  await load({ around: idOf('8') })
  expect(shown()).toBe('… 7 8 9 10 … 17 18 19 20')
  expect(open().gaps).toEqual([
    { after: null, before: seqOf('7') },
    { after: seqOf('10'), before: seqOf('17') },
  ])
  await load({ after: seqOf('10') })
  expect(shown()).toBe('… 7 8 9 10 11 12 13 14 … 17 18 19 20')
  await load({ before: seqOf('17') })
  expect(shown()).toBe('… 7 8 9 10 11 12 13 14 15 16 17 18 19 20')
  await load({ around: 0 })
  expect(shown()).toBe('created 1 … 7 8 9 10 11 12 13 14 15 16 17 18 19 20')
  await load({ after: seqOf('1') })
  expect(shown()).toBe('created 1 2 3 4 5 … 7 8 9 10 11 12 13 14 15 16 17 18 19 20')
  await load({ before: seqOf('7') })
  expect(open().gaps).toEqual([])
})

test('[RD10] new items go to the end, and edited comments change in their place', async () => {
  await load({ around: idOf('8') })
  const asked = network.asked.length
  const version = () => open().ticket.version
  const before = version()
  server.editComment(ada.id, ticketId, idOf('9'), 'nine')
  server.editComment(ada.id, ticketId, idOf('2'), 'two')
  server.deleteComment(ada.id, ticketId, idOf('18'))
  say('21')
  await network.flow()
  expect(shown()).toBe('… 7 8 nine 10 … 17  19 20 21')
  expect(version()).toBeGreaterThan(before)
  expect(open().ticket.commentCount).toBe(20)
  expect(network.asked).toHaveLength(asked)
  await load({ around: idOf('two') })
  expect(shown()).toBe('… 1 two 3 4 … 7 8 nine 10 … 17  19 20 21')
})

test('[RD3] [RD11] the events during its request change a page and add nothing to it', async () => {
  await ask({ around: idOf('8') })
  server.editComment(ada.id, ticketId, idOf('8'), 'eight')
  say('21')
  network.hear(2)
  await arrive()
  expect(shown()).toBe('… 7 eight 9 10 … 17 18 19 20 21')
})

test('[RD2] [RD11] events that a page contains do not change it back', async () => {
  const id = idOf('8')
  for (const words of ['once', 'twice']) server.editComment(ada.id, ticketId, id, words)
  await ask({ around: id })
  await arrive()
  expect(shown()).toContain('7 twice 9')
  network.hear(1)
  expect(shown()).toContain('7 twice 9')
  network.hear(1)
  expect(shown()).toContain('7 twice 9')
  server.editComment(ada.id, ticketId, id, 'thrice')
  network.hear(1)
  expect(shown()).toContain('7 thrice 9')
})

test('[RD11] items beyond the stream come by their events, once', async () => {
  await load({ before: seqOf('17') })
  for (const words of ['21', '22', '23']) say(words)
  await ask({ around: idOf('20') })
  await arrive()
  expect(shown()).toBe('… 13 14 15 16 17 18 19 20')
  await network.flow()
  expect(shown()).toBe('… 13 14 15 16 17 18 19 20 21 22 23')
})

test('[RD4] [RD11] the client repeats a request whose page is older than the ticket', async () => {
  void desk.loadTimeline('1', { around: idOf('8') })
  await settled()
  network.serve(0)
  server.editComment(ada.id, ticketId, idOf('8'), 'eight')
  void desk.reloadTicket('1')
  await settled()
  network.serve(0)
  // The ticket's answer first: it is of after the correction.
  network.deliver(1)
  await settled()
  network.deliver(0)
  await settled()
  expect(shown()).toBe('… 17 18 19 20')
  await clock.pass(1_000)
  await network.flow()
  expect(shown()).toBe('… 7 eight 9 10 … 17 18 19 20')
})

test('[CL9] [RD11] a resync fetches all loaded ranges again', async () => {
  await load({ around: idOf('6') })
  await load({ before: seqOf('17') })
  network.prune()
  network.drop()
  server.editComment(ada.id, ticketId, idOf('6'), 'six')
  say('21')
  await settled()
  await clock.pass(1_000)
  await network.flow()
  expect(desk.state.connection.state).toBe('live')
  expect(shown()).toBe('… 5 six 7 8 … 10 11 12 13 14 15 16 17 18 19 20 21')
})

test('equal requests share one call, and a lost one is repeated', async () => {
  const before = network.asked.length
  const places = [{ before: seqOf('17') }, { before: seqOf('17') }]
  const loaded = Promise.all(places.map((place) => desk.loadTimeline('1', place)))
  await settled()
  expect(network.asked).toHaveLength(before + 1)
  network.cut(0)
  await settled()
  await clock.pass(1_000)
  await network.flow()
  await loaded
  expect(network.asked).toHaveLength(before + 2)
  expect(shown()).toBe('… 13 14 15 16 17 18 19 20')
})

test('a place that does not exist is refused', async () => {
  const loaded = desk.loadTimeline('1', { around: '00000000-0000-7000-8000-000000000000' })
  loaded.catch(() => undefined)
  await network.flow()
  await expect(loaded).rejects.toBeInstanceOf(ApiError)
  expect(shown()).toBe('… 17 18 19 20')
})

test('files come with their items, and all files come in pages of their own', async () => {
  for (let number = 21; number <= 27; number += 1) say(`${number}`, 1)
  server.attach(ada.id, otherId, false)
  network.drop()
  desk.stop()
  network = new SimulatedNetwork(server, server.readerOf(bo.id), pageSize)
  server.onEvents = (events) => network.tell(events)
  desk = createDesk({
    me: server.me(bo.id),
    environment: { ...clock.environment, fetch: network.fetch },
    open: network.open,
  })
  desk.openTicket('1')
  await network.flow()
  expect(open().ticket.attachmentCount).toBe(7)
  expect(open().attachments).toHaveLength(4)

  const first = desk.loadFiles('1')
  await network.flow()
  await first
  expect(open().attachments).toHaveLength(4)
  const second = desk.loadFiles('1')
  await settled()
  network.serve(0)
  // The oldest goes while the page that has it is on its way.
  server.detach(ada.id, server.tickets[0]?.attachments[0]?.id ?? '')
  network.hear(1)
  await arrive()
  await second
  expect(open().ticket.attachmentCount).toBe(6)
  expect(open().attachments).toHaveLength(6)
})
