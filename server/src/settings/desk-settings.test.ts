import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk, TestPerson } from '../testing/index.ts'
import { refusalOf } from '../testing/refusal-of.ts'

let desk: TestDesk
let root: TestPerson
beforeAll(async () => {
  desk = await startTestDesk()
  root = await desk.someone('super_admin', 'Root')
})
afterAll(() => desk.stop())

async function settings() {
  return (await root.call('deskSettings')).body.settings
}

async function changes() {
  const rows = await desk.db
    .selectFrom('events')
    .select(['data', 'audience'])
    .where('name', '=', 'settings:changed')
    .orderBy('seq')
    .execute()
  return rows
}

test('a setting has its default until somebody sets it, and a change is an event and an audit entry', async () => {
  expect(await settings()).toEqual({ closeAfterDays: 7, showStaffNames: false, emailNotes: false })
  const key = randomUUID()
  const edit = () => root.call('editDeskSettings', { body: { closeAfterDays: 3 }, key })
  const { status, body } = await edit()
  expect([status, body.settings]).toEqual([
    200,
    { closeAfterDays: 3, showStaffNames: false, emailNotes: false },
  ])
  await edit()
  await root.call('editDeskSettings', { body: { closeAfterDays: 3 } })
  await root.call('editDeskSettings', { body: {} })

  expect(await settings()).toEqual({ closeAfterDays: 3, showStaffNames: false, emailNotes: false })
  expect(await changes()).toEqual([
    {
      data: { settings: { closeAfterDays: 3, showStaffNames: false, emailNotes: false } },
      audience: 'super_admins',
    },
  ])
  const { items } = (await root.call('audit', { query: { kind: 'settings.changed' } })).body
  expect(items).toMatchObject([
    {
      actor: { id: root.id },
      subject: null,
      details: { setting: 'closeAfterDays', from: 7, to: 3 },
    },
  ])
})

test.for([-1, 366, 1.5, '7', null])('%j is no number of days', async (closeAfterDays) => {
  const before = await settings()
  expect(refusalOf(await root.call('editDeskSettings', { body: { closeAfterDays } }))).toBe(
    'request.invalid',
  )
  expect(await settings()).toEqual(before)
})

test('of changes at once each is complete, and the audit log has every step', async () => {
  const days = [11, 12, 13, 14, 15, 16]
  const all = days.map((closeAfterDays) =>
    root.call('editDeskSettings', { body: { closeAfterDays } }),
  )
  expect((await Promise.all(all)).map(({ status }) => status)).toEqual(days.map(() => 200))
  const { items } = (await root.call('audit', { query: { kind: 'settings.changed' } })).body
  const steps = items.slice(0, days.length).map(({ details }) => details)
  for (const [index, { from }] of steps.slice(0, -1).entries())
    expect(from).toBe(steps[index + 1]?.['to'])
  expect(steps[0]?.['to']).toBe((await settings()).closeAfterDays)
})
