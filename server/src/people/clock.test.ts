import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { limits, paths } from '@deskbell/contract'
import { startTestDesk } from '../testing/index.ts'
import type { TestDesk } from '../testing/index.ts'
import { serverContext } from '../audit/audit-context.ts'
import { createSession, sessionByToken, slideSession } from './sessions.ts'

/** Moves the clock that the server and this test share away from PostgreSQL's. */
function setApart(ms: number): void {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.now() + ms)
}

let desk: TestDesk
beforeEach(async () => {
  desk = await startTestDesk()
})
afterEach(async () => {
  vi.useRealTimers()
  await desk.stop()
})

const minuteMs = 60_000
const dayMs = 24 * 3_600_000

function untilMs(time: string, realNow: number): number {
  return Date.parse(time) - realNow
}

test.each([40 * minuteMs, -40 * minuteMs])(
  'a server clock that is %i ms off neither shortens nor extends the time for corrections',
  async (offMs) => {
    setApart(offMs)
    const sam = await desk.someone('sales', 'Sam')
    const { body } = await sam.call('createTicket', { body: { title: 'Clocks', description: '' } })
    const params = { id: body.ticket.id }
    const add = () => sam.call('addComment', { params, body: { body: 'first' } })
    const [edited, removed, late] = [await add(), await add(), await add()].map(
      (answer) => answer.body.comment.id,
    )
    const file = (await sam.upload(body.ticket.id, { content: 'x' })).body.attachment.id
    const old = new Date(Date.now() - offMs - 16 * minuteMs)
    await desk.db
      .updateTable('comments')
      .set({ created_at: old })
      .where('id', '=', late ?? '')
      .execute()
    const edit = (id = '') => sam.call('editComment', { params: { id }, body: { body: 'better' } })

    expect((await edit(edited)).status).toBe(200)
    expect((await sam.call('deleteComment', { params: { id: removed ?? '' } })).status).toBe(200)
    expect((await sam.call('deleteAttachment', { params: { id: file } })).status).toBe(200)
    expect((await edit(late)).body.code).toBe('comment.tooLate')
  },
)

test.each([8 * dayMs, -8 * dayMs])(
  'a server clock that is %i ms off does not change the lifetime of sessions and links',
  async (offMs) => {
    const root = await desk.someone('super_admin', 'Root')
    const realNow = Date.now()
    setApart(offMs)

    const session = await createSession(desk.db, root.id)
    const known = await sessionByToken(desk.db, session.token)
    expect(untilMs(session.expiresAt, realNow)).toBeCloseTo(limits.sessionIdleMs, -5)
    expect(known?.leftMs).toBeCloseTo(limits.sessionIdleMs, -5)
    if (known === undefined) throw new Error('the session is known')
    expect(await slideSession(desk.db, known, serverContext)).toBe(session.expiresAt)

    const { body } = await root.call('invite', {
      body: { email: 'grace@desk.example', name: 'Grace', role: 'admin' },
    })
    const links = await desk.db.selectFrom('links').select('expires_at').execute()
    const [invitation = ''] = links
      .map((link) => link.expires_at)
      .toSorted()
      .slice(-1)
    expect(untilMs(invitation, realNow)).toBeCloseTo(limits.invitationMs, -5)
    const [method, pattern] = paths.acceptInvitation
    const accepted = await fetch(
      desk.url + pattern.replace(':token', body.invitation?.token ?? ''),
      {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ password: 'a long password of hers' }),
      },
    )
    expect(accepted.status).toBe(200)
  },
)
