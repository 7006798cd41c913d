import type { TicketState } from '@deskbell/client'
import type { PersonRef, TimelineItem } from '@deskbell/contract'
import { expect, test } from 'vitest'
import { openingTexts } from './opening-texts.ts'

type Ready = Extract<TicketState, { status: 'ready' }>

const ada: PersonRef = { id: 'ada', name: 'Ada', staff: true, active: true, color: 0 }
const at = '2026-11-29T10:00:00.000Z'
const reader = { readerId: 'ben', linkedId: undefined }

test('those at the end are in sight, at the first unseen comment, or at the linked one', () => {
  const texts = Array.from({ length: 80 }, (_, index) => `Comment ${index + 1}`)
  const sight = (seen: number, linkedId?: string) =>
    [...openingTexts(ticketOf(texts, seen), { ...reader, linkedId }).inSight].toSorted(inOrder)
  expect(sight(80)).toEqual(texts.slice(-24))
  expect(sight(40)).toEqual(expect.arrayContaining(texts.slice(30, 51)))
  expect(sight(80, 'id-20')).toEqual(expect.arrayContaining(texts.slice(10, 30)))
  expect(sight(0)).toEqual([...texts.slice(0, 23), 'Description'])
})

test('a long text is waited for only in sight', () => {
  const long = 'Many words. '.repeat(1_000)
  const texts = [`First. ${long}`, 'Second', ' ', `Last. ${long}`]
  const { inSight, texts: wanted } = openingTexts(ticketOf(texts, 99), reader)
  expect([...inSight]).toEqual([texts[3]])
  expect(wanted).toEqual([texts[3], 'Description', 'Second'])
})

function inOrder(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

function ticketOf(texts: readonly string[], seenAtOpen: number): Ready {
  const timeline = texts.map((text, index) => commentOf(text, index + 1))
  return {
    ticket: { description: 'Description' },
    timeline,
    gaps: [],
    seenAtOpen,
  } as unknown as Ready
}

function commentOf(body: string, seq: number): TimelineItem {
  const never = { editedAt: null, editedBy: null, deletedAt: null }
  const comment = { id: `id-${seq}`, author: ada, body, internal: false, createdAt: at, ...never }
  return { kind: 'comment', seq, at, actor: { kind: 'person', person: ada }, comment }
}
