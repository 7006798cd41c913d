import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { unlimited } from '../testing/unlimited.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk({}, { limiter: unlimited })
})
afterAll(() => desk.stop())

test('muting, snoozing and marking as unread finish nothing', async () => {
  const ada = await desk.someone('admin', 'Ada')
  const tom = await desk.someone('admin', 'Tom')
  const made = await tom.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { id } = made.body.ticket
  await tom.call('editTicket', { params: { id }, body: { assigneeId: ada.id } })
  const edits = [
    { muted: true },
    { snoozedUntil: new Date(Date.now() + 3_600_000).toISOString() },
    { snoozedUntil: null },
    { unread: true },
  ]
  for (const body of edits) {
    const { status, body: answer } = await ada.call('editNotification', {
      params: { ticketId: id },
      body,
    })
    expect([status, answer.notification.done]).toEqual([200, false])
    expect(Object.keys(answer.notification.reasons)).toEqual(['assigned'])
  }
})
