import { sql } from 'kysely'
import { mayManageDesk } from '@deskbell/contract'
import type { PersonRef, Position, Reader, Reply } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { snapshot } from '../log/log-position.ts'

type Outgoing = Pick<Reply<'emailState'>, 'waiting' | 'problem' | 'failures'>

/** What waits to be sent, and what was not sent and why. */
export function readOutgoing(db: Db, reader: Reader): Promise<Outgoing & Position> {
  if (!mayManageDesk(reader)) throw new DeskError('forbidden')
  return snapshot(db, async (tx) => {
    const failures = await tx
      .selectFrom('consumer_failures as f')
      .leftJoin('people as p', (join) =>
        join.on(sql<boolean>`p.id = (f.details -> 'items' -> 0 ->> 'personId')::uuid`),
      )
      .leftJoin('tickets as t', (join) =>
        join.on(sql<boolean>`t.id = (f.details -> 'items' -> 0 ->> 'ticketId')::uuid`),
      )
      .select(['f.at', 'f.reason', 't.number as ticket'])
      .select(
        sql<PersonRef | null>`case when p.id is not null then json_build_object(
          'id', p.id, 'name', p.name, 'staff', p.role <> 'sales', 'active', p.active, 'color', p.color) end`.as(
          'person',
        ),
      )
      .where('f.consumer', '=', 'email')
      .orderBy('f.id', 'desc')
      .limit(20)
      .execute()
    const { waiting, problem } = await tx
      .selectFrom('deliveries')
      .select(sql<number>`count(*)`.as('waiting'))
      .select(
        sql<
          string | null
        >`(array_agg(problem order by due_at desc) filter (where problem is not null))[1]`.as(
          'problem',
        ),
      )
      .where('consumer', '=', 'email')
      .executeTakeFirstOrThrow()
    return { waiting, problem, failures }
  })
}
