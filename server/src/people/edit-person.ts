import { isStaff, mayManagePeople } from '@deskbell/contract'
import type { Account, Body } from '@deskbell/contract'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { accountById, personEvents } from './accounts.ts'
import { refuseUnconfirmed } from './confirm-session.ts'
import { withdrawLinks } from './links.ts'
import { endSessions } from './sessions.ts'

/** Changes a person's role, deactivates or activates the person. All sessions of the person end. */
export function editPerson(
  db: Db,
  request: ChangeRequest,
  id: string,
  input: Body<'editPerson'>,
): Promise<{ id: string }> {
  return change(
    db,
    request,
    async (tx, actor, record) => {
      if (!mayManagePeople(actor)) throw new DeskError('forbidden')
      await refuseUnconfirmed(tx, actor)
      const before = await accountById(tx, id)
      const role = input.role ?? before.role
      const active = input.active ?? before.active
      if (role === before.role && active === before.active) return { result: { id }, events: [] }
      await refuseLosingLastSuperAdmin(tx, before, role === 'super_admin' && active)

      await tx.updateTable('people').set({ role, active }).where('id', '=', id).execute()
      if (role !== before.role) {
        const details = { from: before.role, to: role }
        await record({ kind: 'person.roleChanged', subjectId: id, details })
      }
      if (active !== before.active) {
        await record({ kind: active ? 'person.activated' : 'person.deactivated', subjectId: id })
      }
      if (!active) await withdrawLinks(tx, id)
      if (!active && before.linkExpiresAt !== null) {
        await record({ kind: 'link.withdrawn', subjectId: id })
      }
      const reason = active ? 'roleChanged' : 'deactivated'
      const ended = await endSessions(tx, record, id, reason)
      const [first, ...rest] = personEvents(before, await accountById(tx, id))
      // What concerned the person may be hidden from them now.
      const left = !active || (isStaff(before.role) && !isStaff(role)) ? [id] : []
      return { result: { id }, events: [{ ...first, left }, ...rest, ...ended] }
    },
    { people: true },
  )
}

async function refuseLosingLastSuperAdmin(tx: Tx, person: Account, stays: boolean): Promise<void> {
  if (stays || person.role !== 'super_admin' || !person.active) return
  const another = await tx
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'super_admin')
    .where('active', '=', true)
    .where('password_hash', 'is not', null)
    .where('id', '<>', person.id)
    .limit(1)
    .executeTakeFirst()
  if (another === undefined) throw new DeskError('person.lastSuperAdmin')
}
