import { expect, test } from 'vitest'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { createLooksChannel } from './looks-channel.ts'

test('[PR10] what cannot be read is read again, ever more seldom, and reported once', async () => {
  const clock = createFakeClock()
  const [reads, told, bugs]: [number[], string[], unknown[]] = [[], [], []]
  let isAway = true
  const looks = { ticketId: 'ticket', seq: 1, seenBy: [], eyes: { lastAt: null } }
  const channel = createLooksChannel({
    clock,
    follower: { onEvents: () => undefined },
    openTickets: () => ['ticket'],
    viewersOf: () => [{ id: 'tab', reader: { id: 'ada', role: 'sales' } }],
    read() {
      reads.push(clock.now())
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve(() => looks)
    },
    isFull: () => false,
    tell: (ids) => void told.push(...ids),
    reportBug: (bug) => void bugs.push(bug),
  })
  channel.opened('ticket', 'tab')
  await clock.advance(60_000)
  expect(reads.length).toBeLessThan(12)
  isAway = false
  await clock.advance(30_000)
  expect([told, bugs.length]).toEqual([['tab'], 1])

  isAway = true
  channel.opened('ticket', 'tab')
  await clock.advance(1_000)
  expect(bugs).toHaveLength(2)
  channel.stop()
})
