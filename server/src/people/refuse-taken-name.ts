import { sql } from 'kysely'
import type { Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'

/**
 * Refuses a name that another person has, even one who has left: people can only be told apart by their names. The
 * people lock makes sure that of two requests at once one is refused.
 */
export async function refuseTakenName(
  tx: Tx,
  name: string,
  except: { id: string } | { email: string },
): Promise<void> {
  const taken = await tx
    .selectFrom('people')
    .select('id')
    .where(sql<boolean>`name_key(name) = name_key(${name})`)
    .where(
      'id' in except
        ? sql<boolean>`id <> ${except.id}`
        : sql<boolean>`lower(email) <> lower(${except.email})`,
    )
    .executeTakeFirst()
  if (taken !== undefined) throw new DeskError('person.nameTaken')
}
