import { randomInt, randomUUID } from 'node:crypto'
import { serverContext } from '../audit/audit-context.ts'
import type { Db } from '../database/types.ts'
import { acceptInvitation } from '../people/accept-invitation.ts'
import type { PersonActor } from '../access/actor.ts'
import { invite } from '../people/invite.ts'
import { unqueuedPasswords } from '../people/secrets.ts'
import { issueSetUpLink, setUp } from '../people/set-up.ts'
import { company } from './company.ts'
import type { Employee } from './company.ts'

export interface Hired {
  employee: Employee
  password: string
  actor: PersonActor
}

/** The first employee sets Deskbell up and invites the others. Each gets a random password. */
export async function hire(db: Db): Promise<Hired[]> {
  const [founder, ...others] = company
  if (founder === undefined) throw new Error('a company has a founder')
  const first = await found(db, founder)
  // The passwords are hashed in parallel.
  return [first, ...(await Promise.all(others.map((employee) => join(db, first.actor, employee))))]
}

async function found(db: Db, employee: Employee): Promise<Hired> {
  const link = await issueSetUpLink(db)
  if (link === undefined) throw new Error('a demo begins with nobody')
  const password = newPassword()
  const { name, email } = employee
  const { sessionId } = await setUp(db, serverContext, unqueuedPasswords, {
    token: link.token,
    name,
    email,
    password,
  })
  return { employee, password, actor: await actorOf(db, employee, sessionId) }
}

async function join(db: Db, founder: PersonActor, employee: Employee): Promise<Hired> {
  const { name, email, role } = employee
  const command = { actor: founder, key: randomUUID(), fingerprint: 'demo', audit: serverContext }
  const { invitation } = await invite(db, command, { name, email, role })
  if (invitation === null) throw new Error('an invitation is new')
  const password = newPassword()
  const { sessionId } = await acceptInvitation(
    db,
    serverContext,
    unqueuedPasswords,
    invitation.token,
    {
      password,
    },
  )
  return { employee, password, actor: await actorOf(db, employee, sessionId) }
}

async function actorOf(db: Db, { email }: Employee, sessionId: string): Promise<PersonActor> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'name', 'role', 'color'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  return { kind: 'person', ...person, sessionId }
}

/** Contains no letters that look alike, because people type it. Sixteen of 31 characters are 79 bits. */
function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const characters = Array.from({ length: 16 }, () => letters[randomInt(letters.length)])
  return [0, 4, 8, 12].map((start) => characters.slice(start, start + 4).join('')).join('-')
}
