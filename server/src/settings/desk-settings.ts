import { defaultSettings, editedSettings, mayManageDesk } from '@deskbell/contract'
import type { DeskSettings, Position, Reader } from '@deskbell/contract'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { snapshot } from '../log/log-position.ts'

export async function readDeskSettings(
  db: Db,
  reader: Reader,
): Promise<{ settings: DeskSettings } & Position> {
  if (!mayManageDesk(reader)) throw new DeskError('forbidden')
  return snapshot(db, async (tx) => ({ settings: await deskSettingsIn(tx) }))
}

/** The settings as they are now. One that nobody has set has its default. */
export async function deskSettingsIn(db: Db | Tx): Promise<DeskSettings> {
  const row = await db.selectFrom('desk_settings').select('settings').executeTakeFirstOrThrow()
  return editedSettings(defaultSettings, row.settings)
}

/** `share`: they stay as they are until the transaction ends. `update`: the caller changes them. */
export async function lockDeskSettings(tx: Tx, mode: 'share' | 'update'): Promise<DeskSettings> {
  const query = tx.selectFrom('desk_settings').select('settings')
  const locking = mode === 'share' ? query.forShare() : query.forUpdate()
  const row = await locking.executeTakeFirstOrThrow()
  return editedSettings(defaultSettings, row.settings)
}
