import { expect, test } from 'vitest'
import type { PresenceUpdate } from '@deskbell/contract'
import { createTabState } from './tab-state.ts'

const timings = { repeatMs: 10_000, expireMs: 24_000 }
const replying = { ticketId: 't1', doing: 'replying' } as const

/** A tab whose clock the test moves, and what it sent, with the time. */
function createTab() {
  const sent: (PresenceUpdate & { at: number })[] = []
  let now = 0
  let timer: { at: number; run: () => void } | undefined
  let isUp = true
  let isHeld = false
  const state = createTabState({
    now: () => now,
    after(ms, run) {
      const made = { at: now + ms, run }
      timer = made
      return () => {
        if (timer === made) timer = undefined
      }
    },
    tell(update) {
      if (isUp) sent.push({ ...update, at: now })
      return isUp
    },
  })
  return {
    state,
    sent,
    cut: () => void (isUp = false),
    holdTimers: () => void (isHeld = true),
    join() {
      isUp = true
      state.greeted(timings)
    },
    pass(ms: number) {
      const until = now + ms
      while (!isHeld && timer !== undefined && timer.at <= until) {
        const due = timer
        timer = undefined
        now = due.at
        due.run()
      }
      now = until
    },
  }
}

test('[PR1] nothing is sent before the greeting, then all at once, and again and again', () => {
  const tab = createTab()
  tab.state.show({ open: replying, onScreen: ['t1', 't2'] })
  tab.pass(60_000)
  expect(tab.sent).toEqual([])
  tab.join()
  expect(tab.sent).toMatchObject([
    { open: { ticketId: 't1', typing: false }, onScreen: ['t1', 't2'] },
  ])
  tab.pass(30_000)
  expect(tab.sent.map(({ at }) => at - 60_000)).toEqual([0, 10_000, 20_000, 30_000])
  expect(tab.sent.map(({ rev }) => rev)).toEqual([1, 2, 3, 4])
})

test('[PR1] many changes are at most four updates a second, and the last one is the state', () => {
  const tab = createTab()
  tab.join()
  for (let index = 0; index < 100; index += 1) {
    tab.pass(20)
    tab.state.show({ onScreen: [`t${index}`] })
  }
  tab.pass(1_000)
  expect(tab.sent.length).toBeLessThanOrEqual(11)
  expect(tab.sent.at(-1)?.onScreen).toEqual(['t99'])
  expect(tab.sent.at(-1)?.at).toBeLessThanOrEqual(2_250)
})

test('[PR1] the cursor is told at most once a second', () => {
  const tab = createTab()
  tab.join()
  for (let seq = 1; seq <= 50; seq += 1) {
    tab.pass(100)
    tab.state.applied(seq)
  }
  tab.pass(1_000)
  expect(tab.sent.length).toBeLessThanOrEqual(7)
  expect(tab.sent.at(-1)?.applied).toBe(50)
})

test('[PR8] typing is told at once, repeated while keys come, and ends 4 s after the last', () => {
  const tab = createTab()
  tab.state.show({ open: replying })
  tab.join()
  tab.pass(1_000)
  for (let key = 0; key < 30; key += 1) {
    tab.state.typed()
    tab.pass(200)
  }
  tab.pass(5_000)
  const typing = tab.sent.map(({ at, open }) => [at, open?.typing])
  expect(typing).toEqual([
    [0, false],
    [1_000, true],
    [3_000, true],
    [5_000, true],
    [7_000, true],
    [10_800, false],
  ])
})

test('[PR6] a tab whose timers the browser holds back stays, by what it receives', () => {
  const tab = createTab()
  tab.join()
  tab.pass(1_000)
  tab.holdTimers()
  for (let seq = 1; seq <= 400; seq += 1) {
    tab.pass(seq % 2 === 0 ? 400 : 7_000)
    tab.state.applied(seq)
  }
  const times = [...tab.sent.map(({ at }) => at), 1_000 + 200 * 7_400]
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(timings.expireMs / 2)
})

test('a tab in the background is told after 5 s, and at once when it is back', () => {
  const tab = createTab()
  tab.join()
  tab.state.show({ hidden: true })
  tab.pass(3_000)
  tab.state.show({ hidden: false })
  tab.pass(1_000)
  expect(tab.sent).toHaveLength(1)
  tab.state.show({ hidden: true })
  tab.pass(5_000)
  tab.state.show({ hidden: false })
  tab.pass(500)
  expect(tab.sent.map(({ hidden }) => hidden)).toEqual([false, true, false])
})

test('without a connection nothing is sent, and a new one hears everything again', () => {
  const tab = createTab()
  tab.join()
  tab.cut()
  tab.state.show({ onScreen: ['t1'] })
  tab.pass(60_000)
  tab.join()
  expect(tab.sent.map(({ onScreen }) => onScreen)).toEqual([[], ['t1']])
})
