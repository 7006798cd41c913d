import { expect, test } from 'vitest'
import type { PresentPerson } from '@deskbell/contract'
import { createPicture } from './picture.ts'

const timings = { repeatMs: 10_000, expireMs: 24_000 }

function person(id: string, part: Partial<PresentPerson> = {}): PresentPerson {
  return {
    person: { id, name: id, staff: true, active: true, color: 0 },
    doing: 'viewing',
    typing: false,
    idle: false,
    since: '2026-11-29T10:00:00.000Z',
    ...part,
  }
}

function createView() {
  let timer: { ms: number; run: () => void } | undefined
  const picture = createPicture({
    personId: 'me',
    after(ms, run) {
      timer = { ms, run }
      return () => {
        timer = undefined
      }
    },
    changed: () => undefined,
  })
  picture.keep(new Set(['t']))
  picture.greeted(timings)
  return {
    picture,
    names: () => (picture.view().get('t')?.people ?? []).map((one) => one.person?.id ?? 'someone'),
    /** What waits longest happens. */
    expire() {
      timer?.run()
      return timer?.ms
    },
  }
}

test('[PR3] older states and tickets that are not on the screen are ignored, and so is the person', () => {
  const { picture, names } = createView()
  picture.receive([{ ticketId: 't', rev: 7, people: [person('me'), person('ada')] }])
  picture.receive([{ ticketId: 't', rev: 6, people: [] }])
  picture.receive([{ ticketId: 'other', rev: 1, people: [person('ada')] }])
  expect(names()).toEqual(['ada'])
  expect([...picture.view().keys()]).toEqual(['t'])
  picture.keep(new Set())
  expect(picture.view().size).toBe(0)
})

test('[PR3] others are counted until a newer state, and after a restart only when the server says so', () => {
  const { picture, expire } = createView()
  const more = () => picture.view().get('t')?.more
  picture.receive([{ ticketId: 't', rev: 7, people: [person('ada')], more: 4 }])
  expect(more()).toBe(4)
  picture.receive([{ ticketId: 't', rev: 8, people: [person('ada')] }])
  expect(more()).toBe(0)
  picture.receive([{ ticketId: 't', rev: 9, people: [person('ada')], more: 2 }])
  picture.lost()
  picture.greeted(timings)
  expect(more()).toBe(2)
  expire()
  expect(more()).toBeUndefined()
})

test('[CL10] who is on a ticket keeps its identity while only another ticket changes', () => {
  const { picture } = createView()
  picture.keep(new Set(['t', 'other']))
  picture.receive([{ ticketId: 't', rev: 1, people: [person('ada')] }])
  const before = picture.view().get('t')
  picture.receive([{ ticketId: 'other', rev: 2, people: [person('bob')] }])
  expect(picture.view().get('t')).toBe(before)
  expect(picture.view().get('other')).toEqual({ people: [person('bob')], more: 0 })
})

test('[PR9] after a restart of the server nobody flickers, and who does not come back goes', () => {
  const { picture, names, expire } = createView()
  picture.receive([{ ticketId: 't', rev: 7, people: [person('ada'), person('bob')] }])
  picture.lost()
  picture.greeted(timings)
  expect(names()).toEqual(['ada', 'bob'])
  picture.receive([{ ticketId: 't', rev: 1, people: [person('bob', { doing: 'replying' })] }])
  expect(names().toSorted()).toEqual(['ada', 'bob'])
  expect(expire()).toBe(8_000)
  expect(picture.view().get('t')?.people).toEqual([person('bob', { doing: 'replying' })])
})

test('[PR9] without a connection nobody types, and after a while nobody is there', () => {
  const { picture, names, expire } = createView()
  picture.receive([
    { ticketId: 't', rev: 7, people: [person('ada', { doing: 'replying', typing: true })] },
  ])
  picture.lost()
  expect(picture.view().get('t')?.people).toMatchObject([{ typing: false }])
  expect(expire()).toBe(timings.expireMs)
  expect(names()).toEqual([])
})
