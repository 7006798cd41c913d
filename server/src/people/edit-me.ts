import type { Body, Settings } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import type { NewEvent } from '../log/append-events.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { recordSetting } from '../audit/record-setting.ts'
import { accountById, personEvents } from './accounts.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

/** Changes the actor's own name and settings. */
export async function editMe(db: Db, request: ChangeRequest, input: Body<'editMe'>): Promise<void> {
  await change(
    db,
    request,
    async (tx, actor, record) => {
      const before = await accountById(tx, actor.id)
      const name = input.name ?? before.name
      if (name !== before.name) await refuseTakenName(tx, name, actor)
      const { settings: old } = await tx
        .selectFrom('people')
        .select('settings')
        .where('id', '=', actor.id)
        .executeTakeFirstOrThrow()
      const settings: Settings = { theme: input.settings?.theme ?? old.theme }

      await tx
        .updateTable('people')
        .set({ name, settings: JSON.stringify(settings) })
        .where('id', '=', actor.id)
        .execute()
      await recordSetting(record, actor.id, 'name', before.name, name)
      await recordSetting(record, actor.id, 'theme', old.theme, settings.theme)
      const renamed =
        name === before.name ? [] : personEvents(before, await accountById(tx, actor.id))
      const resettled: NewEvent<'person:settingsChanged'>[] =
        settings.theme === old.theme
          ? []
          : [
              {
                name: 'person:settingsChanged',
                data: { settings },
                audience: 'people',
                people: [actor.id],
              },
            ]
      return { result: {}, events: [...renamed, ...resettled] }
    },
    { people: true },
  )
}
