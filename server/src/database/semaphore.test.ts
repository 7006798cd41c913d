import { expect, test } from 'vitest'
import { createSemaphore } from './semaphore.ts'

test('as many functions as there are permits run at once, the others in order of arrival', async () => {
  const take = createSemaphore(2, 60_000)
  const begun: number[] = []
  const held = [1, 2, 3, 4].map((number) => {
    const end = Promise.withResolvers<void>()
    const ended = take(async () => {
      begun.push(number)
      await end.promise
    })
    return { ...end, ended }
  })
  const [one, two, three, four] = held
  await expect.poll(() => begun).toEqual([1, 2])
  two?.resolve()
  await two?.ended
  await expect.poll(() => begun).toEqual([1, 2, 3])
  one?.reject(new Error('refused'))
  await expect(one?.ended).rejects.toThrow('refused')
  await expect.poll(() => begun).toEqual([1, 2, 3, 4])
  three?.resolve()
  four?.resolve()
  await Promise.all([three?.ended, four?.ended])
})

test('a function that waits too long is refused as busy, and takes no permit from others', async () => {
  const take = createSemaphore(1, 1)
  const end = Promise.withResolvers<void>()
  const first = take(() => end.promise)
  await expect(take(() => Promise.resolve())).rejects.toMatchObject({ code: 'busy' })
  end.resolve()
  await first
  expect(await take(() => Promise.resolve('mine'))).toBe('mine')
})
