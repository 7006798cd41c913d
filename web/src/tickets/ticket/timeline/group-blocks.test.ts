import { expect, test } from 'vitest'
import { createGrouping } from './group-blocks.ts'
import type { TimelineBlock } from './timeline-blocks.ts'

test('blocks keep their groups while others come before, after and between them', () => {
  const group = createGrouping()
  const sizes = (blocks: readonly TimelineBlock[]) =>
    group(blocks).map((one) => [one.key, one.blocks.length])
  const [first, gap, late] = [commentsFrom(101, 150), gapBefore(101), commentsFrom(151, 153)]
  const shown: [string, number][] = [
    ['101', 20],
    ['121', 20],
    ['141', 10],
  ]
  expect(sizes([gap, ...first])).toEqual([['gap 0', 1], ...shown])
  shown[2] = ['141', 13]
  expect(sizes([gap, ...first, ...late])).toEqual([['gap 0', 1], ...shown])
  expect(sizes([...commentsFrom(75, 100), ...first, ...late])).toEqual([
    ['75', 20],
    ['95', 6],
    ...shown,
  ])
})

test('the mark goes with the item after it, and what a gap parts is not together', () => {
  const group = createGrouping()
  const [one, other] = [commentsFrom(1, 2), commentsFrom(3, 4)]
  expect(group([...one, { kind: 'new' }, ...other]).map(({ key }) => key)).toEqual(['1'])
  const parted = group([...one, gapBefore(3), { kind: 'new' }, ...other])
  expect(parted.map(({ key, blocks }) => [key, blocks.map(({ kind }) => kind)])).toEqual([
    ['1', ['comment', 'comment']],
    ['gap 0', ['gap']],
    ['3', ['new', 'comment', 'comment']],
  ])
})

function commentsFrom(from: number, to: number): TimelineBlock[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const item = { seq: from + index, comment: { id: String(from + index) } }
    return { kind: 'comment', item } as unknown as TimelineBlock
  })
}

function gapBefore(before: number): TimelineBlock {
  return { kind: 'gap', gap: { after: null, before } }
}
