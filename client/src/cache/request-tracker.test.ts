import { expect, test } from 'vitest'
import { createRequestTracker } from './request-tracker.ts'
import { row, statusChanged } from '../testing/build.ts'

test('[RD3] the events after a reply’s position that were applied during the request are applied over it', () => {
  const reads = started(10)
  const read = reads.begin()
  for (const seq of [11, 12, 13]) apply(reads, seq)
  expect(seqs(read.settle({ seq: 12, tag: 't12' }))).toEqual([13])
  expect(seqs(read.settle({ seq: 10, tag: 't10' }))).toEqual([11, 12, 13])
})

test('[RD3] a later request gets at least the events of an earlier one, and no events are kept without a request', () => {
  const reads = started(10)
  apply(reads, 11)
  const first = reads.begin()
  apply(reads, 12)
  const second = reads.begin()
  first.end()
  apply(reads, 13)
  expect(seqs(second.settle({ seq: 12, tag: 't12' }))).toEqual([13])
  second.end()
  const third = reads.begin()
  expect(seqs(third.settle({ seq: 13, tag: 't13' }))).toEqual([])
})

test('[RD5] a reply from before the position of its request is stale', () => {
  const reads = started(10)
  apply(reads, 11)
  const read = reads.begin()
  expect(read.settle({ seq: 10, tag: 't10' })).toBe('stale')
  expect(read.settle({ seq: 11, tag: 't11' })).toEqual([])
})

test('[RD5] a reply to a request from before the stream must not be older than its start', () => {
  const reads = createRequestTracker()
  const read = reads.begin()
  reads.start({ seq: 10, tag: 't10' })
  apply(reads, 11)
  expect(read.settle({ seq: 9, tag: 't9' })).toBe('stale')
  expect(seqs(read.settle({ seq: 10, tag: 't10' }))).toEqual([11])
})

test('[RS4] a reply to a request from before a resync is stale, whatever its number', () => {
  const reads = started(10)
  const read = reads.begin()
  reads.start({ seq: 5, tag: 'u5' }, true)
  expect(read.settle({ seq: 12, tag: 't12' })).toBe('stale')
})

test('[RS6] after a reconnect, data from beyond the cursor counts only when the stream passes its tag', () => {
  const readAhead = () => {
    const reads = started(10)
    reads.begin().settle({ seq: 12, tag: 't12' })
    return reads
  }
  const same = readAhead()
  expect(same.resume(13)).toBe('continued')
  expect(same.moveTo({ seq: 11, tag: 't11' })).toBe('continued')
  expect(same.moveTo({ seq: 12, tag: 't12' })).toBe('continued')
  expect(same.moveTo({ seq: 13, tag: 'u13' })).toBe('continued')

  const other = readAhead()
  expect(other.resume(13)).toBe('continued')
  expect(other.moveTo({ seq: 12, tag: 'u12' })).toBe('diverged')

  const passedOver = readAhead()
  passedOver.resume(13)
  expect(passedOver.moveTo({ seq: 13, tag: 'u13' })).toBe('diverged')

  expect(readAhead().resume(11)).toBe('diverged')

  // What is read meanwhile is of the log as it is.
  const torn = readAhead()
  torn.begin().settle({ seq: 12, tag: 'u12' })
  expect(torn.resume(13)).toBe('diverged')
  const mixed = readAhead()
  mixed.begin().settle({ seq: 13, tag: 'u13' })
  mixed.resume(13)
  expect(mixed.moveTo({ seq: 13, tag: 'u13' })).toBe('diverged')

  // The start of the stream says by itself what was read before it.
  const early = createRequestTracker()
  early.begin().settle({ seq: 10, tag: 't10' })
  early.start({ seq: 10, tag: 't10' })
  expect(early.resume(11)).toBe('continued')
  expect(early.moveTo({ seq: 11, tag: 't11' })).toBe('continued')

  // A connection that never broke off has but one past.
  expect(readAhead().moveTo({ seq: 13, tag: 't13' })).toBe('continued')
  const since = started(10)
  since.resume(13)
  since.begin().settle({ seq: 12, tag: 't12' })
  expect(since.moveTo({ seq: 13, tag: 't13' })).toBe('continued')
  expect(started(10).resume(13)).toBe('continued')
})

function started(seq: number) {
  const reads = createRequestTracker()
  reads.start({ seq, tag: `t${seq}` })
  return reads
}

function apply(reads: ReturnType<typeof createRequestTracker>, seq: number): void {
  reads.buffer(statusChanged(seq, row(1), 'waiting'))
  reads.moveTo({ seq, tag: `t${seq}` })
}

function seqs(
  later: ReturnType<ReturnType<ReturnType<typeof createRequestTracker>['begin']>['settle']>,
) {
  return later === 'stale' ? later : later.map(({ meta }) => meta.seq)
}
