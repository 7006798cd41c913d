import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../people/secrets.ts'
import { createTestDatabase, startTestDesk } from '../testing/index.ts'
import type { TestDatabase, TestDesk, TestPerson } from '../testing/index.ts'
import { createAudit } from './create-audit.ts'
import type { RequestSource } from './create-audit.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())

function fail(unexpected: unknown): never {
  throw unexpected
}

async function failuresOf(database: Pick<TestDatabase, 'db'>) {
  return database.db
    .selectFrom('audit_entries')
    .select(['kind', 'subject_id as subjectId', 'address', 'details'])
    .where('kind', 'in', ['signIn.failed', 'password.refused'])
    .orderBy('id')
    .execute()
}

function from(network: string): RequestSource {
  return { actor: null, address: network, network, device: null }
}

test('many failures of one account from one network are one entry at once, and one more with the number', async () => {
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const audit = createAudit({ db: database.db, log, reportBug: fail })
  for (let n = 0; n < 500; n += 1)
    audit.contextOf(from('10.0.0.1')).countFailure('signIn.failed', null)
  await expect.poll(() => failuresOf(database)).toHaveLength(1)
  await audit.stop()
  const rows = await failuresOf(database)
  expect(rows).toMatchObject([
    { subjectId: null, address: '10.0.0.1', details: {} },
    { subjectId: null, address: '10.0.0.1', details: { more: 499 } },
  ])
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 40, security: 'signIn.failed', address: '10.0.0.1' },
    { level: 40, security: 'signIn.failed', details: { more: 499 } },
  ])
})

test('failures from more and more networks are written at a limited rate, and all are counted', async () => {
  await using other = await createTestDatabase()
  const log = pino({ level: 'silent' })
  const audit = createAudit({ db: other.db, log, reportBug: fail, burst: 20, refillMs: 3_600_000 })
  for (let n = 0; n < 5000; n += 1) {
    audit.contextOf(from(`10.${n >> 8}.${n & 255}.1`)).countFailure('signIn.failed', null)
  }
  await audit.stop()
  const rows = await failuresOf(other)
  expect(rows).toHaveLength(21)
  expect(rows.at(-1)).toMatchObject({ address: null, details: { more: 4980 } })
})

test('a window ends after its time, and the next failure is an entry at once again', async () => {
  await using other = await createTestDatabase()
  const log = pino({ level: 'silent' })
  const audit = createAudit({ db: other.db, log, reportBug: fail, windowMs: 50 })
  const { countFailure } = audit.contextOf(from('10.0.0.1'))
  for (let n = 0; n < 3; n += 1) countFailure('signIn.failed', null)
  await expect.poll(() => failuresOf(other)).toHaveLength(2)
  countFailure('signIn.failed', null)
  await expect.poll(() => failuresOf(other)).toHaveLength(3)
  await audit.stop()
  expect((await failuresOf(other)).map(({ details }) => details)).toEqual([{}, { more: 2 }, {}])
})

test('a failed sign-in names the account if it exists, and nothing that was typed is stored', async () => {
  await using desk: TestDesk = await startTestDesk()
  const sam = await desk.someone('sales', 'Sam')
  const password_hash = await hashPassword('lilac drum forty')
  await desk.db.updateTable('people').set({ password_hash }).execute()
  const guesses = [
    [`${sam.id}@desk.example`, 'typed by mistake'],
    ['my secret password', 'also typed by mistake'],
  ] as const
  for (const [email, password] of guesses) {
    const response = await fetch(`${desk.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    expect(response.status).toBe(401)
  }
  const refused = await changePassword(sam)
  expect(refused.body.code).toBe('password.wrong')
  await expect.poll(() => failuresOf(desk)).toHaveLength(3)
  const rows = await desk.db.selectFrom('audit_entries').selectAll().orderBy('id').execute()
  expect(rows).toMatchObject([
    { kind: 'signIn.failed', subject_id: sam.id, actor_id: null, address: '127.0.0.1' },
    { kind: 'signIn.failed', subject_id: null, actor_id: null, address: '127.0.0.1' },
    { kind: 'password.refused', subject_id: sam.id, actor_id: sam.id },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/typed|secret/)
})

function changePassword(person: TestPerson) {
  return person.call('changePassword', {
    body: { current: 'not this', password: 'sunflower piano seven' },
  })
}
