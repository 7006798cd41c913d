import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainFields } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { eventsAfter, render } from './logged-event.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await startTestDesk()
})
afterAll(() => desk.stop())

test('an event from before a field or tags existed is sent with their initial values', async () => {
  const [ada, sam] = [await desk.someone('admin', 'Ada'), await desk.someone('sales', 'Sam')]
  const made = await sam.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { id } = made.body.ticket
  await ada.call('addComment', { params: { id }, body: { body: 'Is it on?' } })
  await ada.call('changeStatus', { params: { id }, body: { status: 'waiting' } })

  async function sent() {
    const events = await eventsAfter(desk.db, 0, { events: 1_000, bytes: 10_000_000 })
    const ofTicket = events.filter(({ ticketId, ticket }) => ticketId === id && ticket !== null)
    return ofTicket.flatMap((event) => [true, false].map((staff) => render(event, staff)))
  }
  const before = await sent()
  expect(before).toHaveLength(6)
  const names = [...plainFields.filter((name) => !['title', 'description'].includes(name)), 'tags']
  await sql`update events set ticket = ticket - ${names}::text[], staff_ticket = staff_ticket - ${names}::text[]
    where ticket_id = ${id}`.execute(desk.db)
  expect(await sent()).toEqual(before)
})
