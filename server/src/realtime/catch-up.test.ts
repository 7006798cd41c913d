import { expect, test } from 'vitest'
import { eventsAfter } from '../log/logged-event.ts'
import { logPosition } from '../log/log-position.ts'
import { pruneLog } from '../log/prune-log.ts'
import { startTestDesk } from '../testing/index.ts'
import { createListener } from '../testing/listener.ts'
import { startSecondNode } from '../testing/second-node.ts'
import { writeFreely } from '../testing/write-freely.ts'

test('[RS4] a replay that pruning overtakes is closed and becomes a resync, and is not a bug', async () => {
  await using desk = await startTestDesk()
  const sam = await desk.someone('sales', 'Sam')
  const from = await logPosition(desk.db)
  for (const title of ['One', 'Two'])
    await sam.call('createTicket', { body: { title, description: '' } })
  await using node = await startSecondNode(desk.db, {
    async eventsAfter(seq, portion) {
      // The first run moves the floor, the second deletes what lies below it.
      await pruneLog(writeFreely(desk.db), 0)
      await pruneLog(writeFreely(desk.db), 0)
      return eventsAfter(desk.db, seq, portion)
    },
  })
  const listener = createListener(node.url, sam, from)
  listener.open()
  await expect.poll(() => listener.ready.length).toBe(1)
  await expect.poll(listener.isOpen).toBe(false)
  expect(listener.ready).toMatchObject([{ mode: 'resume' }])
  expect([listener.events, listener.holes, node.bugs]).toEqual([[], [], []])

  listener.open()
  await expect.poll(() => listener.ready.length).toBe(2)
  expect(listener.ready[1]).toMatchObject({ mode: 'resync', reason: 'pruned' })
  listener.close()
})
