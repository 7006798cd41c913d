import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import { unlimited } from '../testing/unlimited.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'

let desk: TestDesk
let ada: TestPerson
let ticketId: string
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
  ada = await desk.someone('super_admin', 'Ada')
  const body = { title: 'Printer', description: '' }
  ticketId = (await ada.call('createTicket', { body })).body.ticket.id
})
afterAll(() => desk.stop())

/** Each read, with its position and the values that change in between. */
const reads = {
  async tickets() {
    const { seq, tag, items } = (await ada.call('tickets')).body
    return { seq, tag, name: items[0]?.creator.name, version: items[0]?.version }
  },
  async search() {
    const { seq, tag, items } = (await ada.call('tickets', { query: { q: 'printer' } })).body
    return { seq, tag, name: items[0]?.creator.name, version: items[0]?.version }
  },
  async ticket() {
    const { seq, tag, ticket } = (await ada.call('ticket', { params: { ref: ticketId } })).body
    return { seq, tag, name: ticket.creator.name, version: ticket.version }
  },
  async counters() {
    const { seq, tag, counters } = (await ada.call('counters')).body
    return { seq, tag, closed: counters.closed }
  },
  async me() {
    const { seq, tag, me } = (await ada.call('me')).body
    return { seq, tag, name: me.name }
  },
  async people() {
    const { seq, tag, people } = (await ada.call('people')).body
    return { seq, tag, name: people.find(({ id }) => id === ada.id)?.name }
  },
  async names() {
    const { seq, tag, people } = (await ada.call('names')).body
    return { seq, tag, name: people.find(({ id }) => id === ada.id)?.name }
  },
}

test.each(Object.entries(reads))(
  '[RD1] %s: the position belongs to the snapshot that the reply shows',
  async (_name, read) => {
    /** The values at each position. */
    const moments = new Map<number, object>()
    let isWriting = true
    const seen: Awaited<ReturnType<typeof read>>[] = []

    async function write() {
      for (let count = 0; count < 30; count += 1) {
        const status = count % 2 === 0 ? 'closed' : 'open'
        const params = { id: ticketId }
        const { body: changed } = await ada.call('changeStatus', { params, body: { status } })
        const closed = status === 'closed' ? 1 : 0
        const { version, creator } = changed.ticket
        moments.set(changed.seq, { tag: changed.tag, name: creator.name, version, closed })
        const { body: named } = await ada.call('editMe', { body: { name: `Ada ${count}` } })
        moments.set(named.seq, { tag: named.tag, name: named.me.name, version, closed })
      }
      isWriting = false
    }
    async function readOn() {
      while (isWriting) seen.push(await read())
    }
    await Promise.all([write(), readOn(), readOn()])

    const known = seen.filter(({ seq }) => moments.has(seq))
    expect(known.length).toBeGreaterThan(5)
    for (const { seq, ...shown } of known) expect(moments.get(seq)).toMatchObject(shown)
  },
)
