import { defaultSettings, editedSettings } from '@deskbell/contract'
import type { DeskSettings } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import type { LogFollower } from '../log/follow-log.ts'
import { deskSettingsIn } from './desk-settings.ts'

/** Reads the settings of the whole desk, and then keeps them as new as what this node delivers. */
export async function followDeskSettings(
  db: Db,
  follower: Pick<LogFollower, 'onEvents'>,
): Promise<() => DeskSettings> {
  let settings: DeskSettings | undefined
  follower.onEvents((events) => {
    for (const event of events)
      if (event.name === 'settings:changed')
        // A node of an earlier version does not know every setting.
        settings = editedSettings(defaultSettings, event.data.settings)
  })
  const read = await deskSettingsIn(db)
  // An event of meanwhile is as new as what was read, or newer.
  settings ??= read
  return () => settings ?? read
}
