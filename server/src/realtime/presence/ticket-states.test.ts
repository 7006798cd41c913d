import { beforeEach, expect, test } from 'vitest'
import type { Doing } from '@deskbell/contract'
import type { HereTab } from './hub.ts'
import { createTicketStates } from './ticket-states.ts'
import type { Receiver, TicketStates, ToldState } from './ticket-states.ts'

const since = Date.parse('2026-11-29T10:00:00.000Z')

let tabs: HereTab[]
let now: number
let states: TicketStates
beforeEach(() => {
  tabs = []
  now = since
  states = createTicketStates(
    () => tabs,
    () => now,
  )
})

/** A person with the ticket open, who came after all the others. */
function enter(name: string, doing: Doing = 'viewing', part: Partial<HereTab> = {}): void {
  const person = { id: name, name, staff: true, active: true, color: 0 }
  const at = since + tabs.length
  const times = { since: at, doingSince: at }
  const own = { tabId: name, sessionId: name, person, ticketId: 't', typing: false, hidden: false }
  tabs.push({ ...own, doing, ...times, ...part })
  states.changed('t')
}

function crowd(size: number): void {
  for (let index = 0; index < size; index += 1) enter(`guest ${index}`)
}

/** A receiver, and what it is told, as the names of those who are there and how many more. */
function receiver(part: Partial<Receiver> = {}) {
  let before: ToldState | undefined
  const revs: number[] = []
  return {
    revs,
    hear(next: Partial<Receiver> = {}) {
      const to = { hearer: 'staff', personId: 'me', isOpen: false, ...part, ...next } as const
      const state = states.newer('t', to, before)
      if (state === undefined) return undefined
      before = state
      revs.push(state.rev)
      const { people, more } = JSON.parse(state.said) as Said
      return [...people.map(({ person }) => person?.name ?? 'someone'), ...(more ? [more] : [])]
    },
  }
}

interface Said {
  people: { person: { name: string } | null }[]
  more?: number
}

test('[PR3] a row names three who do the most pressing things, the open ticket ten, and others are counted', () => {
  const [row, open] = [receiver(), receiver({ isOpen: true })]
  expect([row.hear(), open.hear()]).toEqual([undefined, undefined])
  enter('idle', 'viewing', { hidden: true })
  crowd(3)
  enter('noting', 'noting')
  enter('replying', 'replying')
  expect(row.hear()).toEqual(['guest 0', 'noting', 'replying', 3])
  expect(open.hear()).toEqual(['idle', 'guest 0', 'guest 1', 'guest 2', 'noting', 'replying'])
  crowd(12)
  expect(row.hear()).toEqual(['guest 0', 'noting', 'replying', 9])
  expect(open.hear()).toHaveLength(11)
})

test('[PR3] in a crowd a row is told only of those that it names', () => {
  const [row, open] = [receiver(), receiver({ isOpen: true })]
  enter('replying', 'replying')
  crowd(20)
  expect(row.hear()).toEqual(['replying', 'guest 0', 'guest 1', 9])
  expect(open.hear()).toHaveLength(11)
  crowd(20)
  expect([row.hear(), open.hear()]).toEqual([undefined, undefined])
  tabs.splice(0, 1)
  states.changed('t')
  expect(row.hear()).toEqual(['guest 0', 'guest 1', 'guest 2', 9])
})

test('[PR3] a ticket that opens and closes is told in its other form, with a newer revision each time', () => {
  crowd(5)
  const [moving, staying] = [receiver(), receiver()]
  const three = ['guest 0', 'guest 1', 'guest 2', 2]
  expect(staying.hear()).toEqual(three)
  for (let round = 0; round < 3; round += 1) {
    expect(moving.hear()).toEqual(three)
    expect(moving.hear({ isOpen: true })).toHaveLength(5)
  }
  expect(moving.revs).toEqual(moving.revs.toSorted((a, b) => a - b))
  expect(new Set(moving.revs).size).toBe(6)
  expect(staying.hear()).toBeUndefined()
})

test('[PR3] nobody is counted for themselves', () => {
  crowd(5)
  expect(receiver({ personId: 'guest 4' }).hear()).toEqual(['guest 0', 'guest 1', 'guest 2', 1])
  tabs.pop()
  states.changed('t')
  expect(receiver({ personId: 'guest 3' }).hear()).toEqual(['guest 0', 'guest 1', 'guest 2'])
})

test('[PR5] a note changes nothing for a requester, not even the revision of who comes later', () => {
  enter('ada')
  enter('sam', 'viewing', {
    person: { id: 'sam', name: 'sam', staff: false, active: true, color: 0 },
  })
  const [first, later] = [receiver({ hearer: 'requesters' }), receiver({ hearer: 'requesters' })]
  expect(first.hear()).toEqual(['sam'])
  now += 60_000
  tabs = tabs.map((tab) => (tab.person.staff ? { ...tab, doing: 'noting', typing: true } : tab))
  states.changed('t')
  expect(first.hear()).toBeUndefined()
  expect(later.hear()).toEqual(['sam'])
  expect(later.revs).toEqual(first.revs)
})

test('a state that was forgotten is newer when it is made again', () => {
  const row = receiver()
  enter('ada')
  expect(row.hear()).toEqual(['ada'])
  states.forget('t')
  enter('grace')
  expect(row.hear()).toEqual(['ada', 'grace'])
  expect(row.revs[1]).toBeGreaterThan(row.revs[0] ?? Infinity)
})
