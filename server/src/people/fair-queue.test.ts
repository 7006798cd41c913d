import { expect, test } from 'vitest'
import { DeskError } from '../errors.ts'
import { createFairQueue } from './fair-queue.ts'

const roomy = { permits: 1, maxPerGroup: 100, maxWaiting: 100, timeoutMs: 60_000 }

/** A queue whose work ends when the test says so; it notes the order in which work began. */
function turnsWith(options: Partial<typeof roomy>) {
  const inTurn = createFairQueue({ ...roomy, ...options })
  const begun: string[] = []
  const endings: (() => void)[] = []
  function ask(name: string, group = name, gone?: AbortSignal): Promise<string> {
    const run = () => {
      begun.push(name)
      return new Promise<string>((resolve) => endings.push(() => resolve(name)))
    }
    const asked = inTurn({ group, ...(gone && { gone }) }, run).catch((thrown: unknown) => {
      if (!(thrown instanceof DeskError)) throw thrown
      return thrown.code
    })
    return asked
  }
  /** Ends work until `count` have begun. */
  async function run(count: number): Promise<string[]> {
    while (begun.length < count) {
      const before = begun.length
      endings.shift()?.()
      await expect.poll(() => begun.length).toBeGreaterThan(before)
    }
    return begun
  }
  return { ask, run }
}

test('groups take turns, however many of one group wait', async () => {
  const { ask, run } = turnsWith({})
  for (const name of ['a1', 'a2', 'a3', 'a4']) void ask(name, 'a')
  for (const name of ['b1', 'b2']) void ask(name, 'b')
  void ask('c1', 'c')
  expect(await run(7)).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
})

test('no more run at once than there are permits', async () => {
  const { ask, run } = turnsWith({ permits: 2 })
  for (const name of ['a', 'b', 'c']) void ask(name)
  await ask('nobody waits', 'd', AbortSignal.abort())
  expect(await run(0)).toEqual(['a', 'b'])
  expect(await run(3)).toEqual(['a', 'b', 'c'])
})

test('the waiters of one group are limited, without an effect on other groups', async () => {
  const { ask, run } = turnsWith({ maxPerGroup: 2 })
  void ask('under way', 'a')
  void ask('a1', 'a')
  void ask('a2', 'a')
  expect(await ask('a3', 'a')).toBe('request.tooMany')
  void ask('b1', 'b')
  expect(await run(4)).toEqual(['under way', 'a1', 'b1', 'a2'])
})

test('when too many wait, the longest group loses its last waiter', async () => {
  const { ask, run } = turnsWith({ maxWaiting: 3 })
  void ask('under way')
  void ask('a1', 'a')
  void ask('a2', 'a')
  const last = ask('a3', 'a')
  void ask('b1', 'b')
  expect(await last).toBe('busy')
  void ask('c1', 'c')
  // Now each group has one waiter: none gives way to another.
  expect(await ask('d1', 'd')).toBe('busy')
  expect(await run(4)).toEqual(['under way', 'a1', 'b1', 'c1'])
})

test('a caller that waits too long is refused, and one that disconnects leaves the queue', async () => {
  const { ask } = turnsWith({ timeoutMs: 20 })
  void ask('under way')
  expect(await ask('late')).toBe('busy')

  const { ask: askPatiently, run } = turnsWith({})
  const hangUp = new AbortController()
  void askPatiently('under way')
  const gone = askPatiently('gone', 'gone', hangUp.signal)
  void askPatiently('next')
  hangUp.abort()
  await gone
  await askPatiently('gone before', 'gone before', hangUp.signal)
  expect(await run(2)).toEqual(['under way', 'next'])
})

test('work that fails passes its permit on', async () => {
  const inTurn = createFairQueue(roomy)
  const failed = inTurn({ group: 'a' }, () => Promise.reject(new Error('broken')))
  const next = inTurn({ group: 'b' }, async () => 'done')
  await expect(failed).rejects.toThrow('broken')
  expect(await next).toBe('done')
})
