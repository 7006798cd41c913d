import { afterEach, describe, expect, test } from 'vitest'
import type { News } from './toast-store.ts'
import { toastStore } from './toast-store.ts'

afterEach(toastStore.dismissAll)

const undo = { label: 'Undo', keys: 'z', run: () => undefined }

function raised(number: number) {
  const news: News = {
    group: 'raised',
    several: (tickets) => `${tickets} new tickets`,
    where: { view: 'open', sort: '-created' },
  }
  toastStore.show({ id: `ticket-${number}`, title: `#${number}`, line: 'Tom raised it', news })
}

function changed(number: number, who: string) {
  const news: News = {
    group: `changed-${who}`,
    several: (tickets) => `${who} changed ${tickets} tickets`,
    where: { view: 'open' },
  }
  toastStore.show({ id: `ticket-${number}`, title: `#${number}`, line: `${who} moved it`, news })
}

function urgent(number: number) {
  const news: News = {
    group: 'urgent raised',
    several: (tickets) => `${tickets} new urgent tickets`,
    where: { view: 'urgent' },
  }
  toastStore.show({ id: `ticket-${number}`, title: `#${number}`, tone: 'urgent', news })
}

function titles() {
  return toastStore.current().toasts.map(({ title }) => title)
}

test('at most three toasts stand, the newest, and those that had to go are counted', () => {
  for (const id of ['a', 'b', 'c', 'd', 'e']) toastStore.show({ id, title: id })
  expect(titles()).toEqual(['c', 'd', 'e'])
  expect(toastStore.current().more).toBe(2)
  for (const id of ['c', 'd', 'e']) toastStore.dismiss(id)
  toastStore.show({ title: 'later' })
  expect(toastStore.current().more).toBe(0)
})

test('changes of one ticket gather in one toast, whose timer restarts', () => {
  toastStore.show({ id: 'a', title: '#1', line: 'first' })
  const [before] = toastStore.current().toasts
  toastStore.show({ id: 'b', title: '#2', line: 'other' })
  for (const line of ['second', 'third']) toastStore.show({ id: 'a', title: '#1', line })
  const [after, other] = toastStore.current().toasts
  expect(after).toMatchObject({ lines: ['second', 'third'], earlier: 1 })
  expect(after?.version).toBeGreaterThan(before?.version ?? 0)
  expect(other?.lines).toEqual(['other'])
})

test('a dismissed toast is gone, with its lines', () => {
  toastStore.show({ id: 'a', title: '#1', line: 'first' })
  toastStore.dismiss('a')
  toastStore.show({ id: 'a', title: '#1', line: 'second' })
  expect(toastStore.current().toasts[0]?.lines).toEqual(['second'])
})

describe('a burst', () => {
  test('is one toast that counts its tickets and names the last', () => {
    for (const number of [1, 2, 3, 4]) raised(number)
    expect(toastStore.current()).toMatchObject({
      toasts: [
        {
          title: '4 new tickets',
          lines: ['#3', '#4'],
          earlier: 2,
          news: { where: { view: 'open' } },
        },
      ],
      more: 0,
    })
    raised(4)
    expect(titles()).toEqual(['4 new tickets'])
  })

  test('is of one kind and of one person', () => {
    for (const number of [1, 2, 3]) changed(number, 'Amara')
    changed(4, 'Ben')
    raised(5)
    expect(titles()).toEqual(['Amara changed 3 tickets', '#4', '#5'])
  })

  test('does not take a ticket about which there is other news', () => {
    raised(1)
    changed(1, 'Amara')
    raised(2)
    expect(titles()).toEqual(['#1', '#2'])
    expect(toastStore.current().toasts[0]?.lines).toEqual(['Tom raised it', 'Amara moved it'])
  })

  test('counts each of its tickets when it has to go', () => {
    for (const number of [1, 2, 3]) raised(number)
    for (const id of ['a', 'b', 'c']) toastStore.show({ id, title: id })
    expect(titles()).toEqual(['a', 'b', 'c'])
    expect(toastStore.current().more).toBe(3)
  })
})

test('news push out nothing that the person did, least of all what they can undo', () => {
  toastStore.show({ id: 'own', title: '#1 closed', action: undo })
  toastStore.show({ id: 'copied', title: 'Link copied' })
  for (const who of ['Amara', 'Ben', 'Cleo']) changed(who.length, who)
  expect(titles()).toEqual(['#1 closed', 'Link copied', '#4'])
  for (const id of ['x', 'y']) toastStore.show({ id, title: id })
  expect(titles()).toEqual(['#1 closed', 'x', 'y'])
  expect(toastStore.current().more).toBe(4)
})

test('urgent news stand while others come, and come while others are read', () => {
  urgent(1)
  for (const who of ['Amara', 'Ben', 'Cleo', 'Dan']) changed(who.length * 10 + 2, `${who}`)
  for (const id of ['x', 'y']) toastStore.show({ id, title: id })
  expect(titles()).toEqual(['#1', 'x', 'y'])
  toastStore.dismissAll()
  for (const number of [2, 3, 4]) changed(number, `Person ${number}`)
  toastStore.hold('ticket-2')
  urgent(5)
  expect(titles()).toEqual(['#2', '#4', '#5'])
})

describe('while the pointer or the focus is on a toast', () => {
  test('it stays, and so do the others; news that find no place are counted', () => {
    for (const number of [1, 2, 3]) changed(number, `Person ${number}`)
    toastStore.hold('ticket-1')
    changed(4, 'Dan')
    expect(titles()).toEqual(['#1', '#2', '#3'])
    expect(toastStore.current().more).toBe(1)
    toastStore.show({ title: '#9 was not moved', tone: 'error' })
    expect(titles()).toEqual(['#1', '#3', '#9 was not moved'])
    toastStore.letGo('ticket-1')
    expect(toastStore.current().held.size).toBe(0)
  })

  test('it does not turn into a burst', () => {
    raised(1)
    toastStore.hold('ticket-1')
    for (const number of [2, 3]) raised(number)
    expect(titles()).toEqual(['#1', '2 new tickets'])
  })
})
