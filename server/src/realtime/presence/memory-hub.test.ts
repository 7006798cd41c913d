import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFakeClock } from '../../testing/fake-clock.ts'
import type { OpenTab, PresenceHub } from './hub.ts'
import { createMemoryHub, timings } from './memory-hub.ts'
import { shownPeople } from './shown-people.ts'

const begin = Date.parse('2026-11-29T10:00:00.000Z')
const ada = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }

let clock: ReturnType<typeof createFakeClock>
let hub: PresenceHub
let changes: string[]

beforeEach(() => {
  clock = createFakeClock()
  hub = createMemoryHub(clock, () => begin + clock.now())
  changes = []
  hub.onChange((ticketId) => void changes.push(ticketId))
})
afterEach(() => hub.stop())

function tab(part: Partial<OpenTab> = {}): OpenTab {
  return {
    tabId: 'tab',
    sessionId: 'session',
    person: ada,
    ticketId: 'ticket',
    doing: 'viewing',
    typing: false,
    hidden: false,
    ...part,
  }
}

function people() {
  return shownPeople(hub.tabsOn('ticket'), 'staff')
}

test('[PR6] a tab that closed is gone after 5 s, so that a row that is told once a second says so within 6', async () => {
  hub.set(tab())
  await clock.advance(130)
  hub.leave('tab')
  await clock.advance(4_990)
  expect(people()).toHaveLength(1)
  await clock.advance(10)
  expect(people()).toEqual([])
})

test('[PR6] a reload changes nothing that others see', async () => {
  hub.set(tab({ tabId: 'before' }))
  const seen = people()
  await clock.advance(60)
  hub.leave('before')
  await clock.advance(3_000)
  hub.set(tab({ tabId: 'after' }))
  expect(people()).toEqual(seen)
  await clock.advance(9_000)
  expect(people()).toEqual(seen)
})

test('[PR5] someone without a name is there since the reply began, not since the ticket was opened', async () => {
  const someone = () => shownPeople(hub.tabsOn('ticket'), 'requesters')
  hub.set(tab())
  await clock.advance(10_000)
  hub.set(tab({ doing: 'replying' }))
  await clock.advance(1_000)
  hub.set(tab({ doing: 'replying', typing: true }))
  const since = '2026-11-29T10:00:10.000Z'
  expect(someone()).toMatchObject([{ person: null, since }])
  hub.set(tab({ tabId: 'other', doing: 'replying' }))
  hub.set(tab())
  expect(someone()).toMatchObject([{ since }])
  hub.set(tab({ tabId: 'other' }))
  await clock.advance(1_000)
  hub.set(tab({ doing: 'replying' }))
  expect(someone()).toMatchObject([{ since: '2026-11-29T10:00:12.000Z' }])
})

test('[PR6] a silent tab is gone when it expires, and whoever repeats stays for 8 hours', async () => {
  hub.set(tab())
  hub.set(tab({ tabId: 'silent', person: { ...ada, id: 'bob' } }))
  const since = people()[0]?.since
  for (let ms = 0; ms < 8 * 3_600_000; ms += timings.repeatMs) {
    await clock.advance(timings.repeatMs)
    hub.set(tab())
    expect(people().map(({ person }) => person?.id)).toContain('ada')
  }
  expect(people()).toMatchObject([{ person: { id: 'ada' }, since }])
  await clock.advance(timings.expireMs + 1_000)
  expect(people()).toEqual([])
})

test('[PR8] typing ends in time when the tab falls silent, and goes on while it is repeated', async () => {
  for (let second = 0; second < 20; second += 2) {
    hub.set(tab({ doing: 'replying', typing: true }))
    expect(people()).toMatchObject([{ typing: true }])
    await clock.advance(2_000)
  }
  expect(people()).toMatchObject([{ typing: true }])
  await clock.advance(1_500)
  expect(people()).toMatchObject([{ typing: false }])
})

test('[PR4] three tabs of one person are one face, which does the most pressing thing', () => {
  hub.set(tab({ tabId: '1', hidden: true }))
  hub.set(tab({ tabId: '2', doing: 'noting', hidden: true, typing: true }))
  expect(people()).toMatchObject([{ doing: 'noting', typing: true, idle: true }])
  hub.set(tab({ tabId: '3', doing: 'replying' }))
  expect(people()).toMatchObject([{ doing: 'replying', typing: false, idle: false }])
  hub.clear('3')
  hub.clear('2')
  expect(people()).toMatchObject([{ doing: 'viewing', idle: true }])
})

test('a state that is repeated is no change, and another ticket changes both', () => {
  hub.set(tab())
  hub.set(tab())
  expect(changes).toEqual(['ticket'])
  hub.set(tab({ ticketId: 'other' }))
  expect(changes).toEqual(['ticket', 'ticket', 'other'])
  expect(people()).toEqual([])
})

test('[PR7] what is removed is gone at once, and a name changes at once', () => {
  hub.set(tab())
  hub.rename({ ...ada, name: 'Ada L.' })
  expect(people()).toMatchObject([{ person: { name: 'Ada L.' } }])
  hub.leave('tab')
  hub.remove(({ sessionId }) => sessionId === 'session')
  expect(people()).toEqual([])
})

test('[PR5] requesters see one of the staff who reply, without a name, and nothing of notes', () => {
  const seen = () => shownPeople(hub.tabsOn('ticket'), 'requesters')
  const sam = { id: 'sam', name: 'Sam', staff: false, active: true, color: 0 }
  hub.set(tab({ tabId: 'sam', person: sam }))
  const alone = seen()
  expect(alone).toMatchObject([{ person: sam, doing: 'viewing' }])
  for (const doing of ['viewing', 'noting'] as const) {
    hub.set(tab({ doing, typing: true }))
    expect(seen()).toEqual(alone)
  }
  hub.set(tab({ doing: 'replying', typing: true }))
  hub.set(tab({ tabId: 'bob', person: { ...ada, id: 'bob' }, doing: 'replying' }))
  expect(seen()).toMatchObject([
    { person: sam },
    { person: null, doing: 'replying', typing: true, idle: false },
  ])
  expect(JSON.stringify(seen())).not.toContain('Ada')
})
