import { emailReasons } from '@deskbell/contract'
import type { EmailReason, Position } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { snapshot } from '../log/log-position.ts'
import type { Unsubscription } from './unsubscribe-tokens.ts'

/** For each reason whether the person is sent e-mails. */
export type EmailChoices = Record<EmailReason, boolean>

export function readEmailChoices(
  db: Db,
  personId: string,
): Promise<{ email: EmailChoices } & Position> {
  return snapshot(db, async (tx) => {
    const rows = await tx
      .selectFrom('email_opt_outs')
      .select('reason')
      .where('person_id', '=', personId)
      .execute()
    const optedOut = new Set(rows.map(({ reason }) => reason))
    const choices = emailReasons.map((reason) => [reason, !optedOut.has(reason)])
    return { email: Object.fromEntries(choices) as EmailChoices }
  })
}

export async function saveEmailChoices(
  db: Db,
  request: ChangeRequest,
  choices: EmailChoices,
): Promise<void> {
  await change(db, request, async (tx, actor) => {
    const values = emailReasons
      .filter((reason) => !choices[reason])
      .map((reason) => ({ person_id: actor.id, reason }))
    await tx.deleteFrom('email_opt_outs').where('person_id', '=', actor.id).execute()
    if (values.length > 0)
      await tx
        .insertInto('email_opt_outs')
        .values(values)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    return { result: {}, events: [] }
  })
}

/** Stops the e-mails of one reason, however often it is asked to. */
export async function unsubscribe(db: Db, { personId, reason }: Unsubscription): Promise<void> {
  await db
    .insertInto('email_opt_outs')
    .values({ person_id: personId, reason })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
