import { sql } from 'kysely'
import { deskSettingNames, editedSettings, mayManageDesk } from '@deskbell/contract'
import type { Body } from '@deskbell/contract'
import { recordSetting } from '../audit/record-setting.ts'
import type { Db } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { lockDeskSettings } from './desk-settings.ts'

/** Changes settings of the whole desk. */
export async function editDeskSettings(
  db: Db,
  request: ChangeRequest,
  input: Body<'editDeskSettings'>,
): Promise<void> {
  await change(db, request, async (tx, actor, record) => {
    if (!mayManageDesk(actor)) throw new DeskError('forbidden')
    const before = await lockDeskSettings(tx, 'update')
    const settings = editedSettings(before, input)
    const changed = deskSettingNames.filter((name) => settings[name] !== before[name])
    if (changed.length === 0) return { result: {}, events: [] }

    // What only another version knows stays.
    const set = JSON.stringify(Object.fromEntries(changed.map((name) => [name, settings[name]])))
    await tx
      .updateTable('desk_settings')
      .set({ settings: sql`settings || ${set}::jsonb` })
      .execute()
    for (const name of changed)
      await recordSetting(record, null, name, before[name], settings[name])
    const data = { settings }
    return {
      result: {},
      events: [{ name: 'settings:changed', data, audience: 'super_admins', people: [] }],
    }
  })
}
