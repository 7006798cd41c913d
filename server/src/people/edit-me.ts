import { initialPersonSettings } from '@deskbell/contract'
import type { Body, Settings } from '@deskbell/contract'
import type { Db } from '../database/types.ts'
import type { NewEvent } from '../log/append-events.ts'
import { change } from '../log/change.ts'
import type { ChangeRequest } from '../log/change.ts'
import { recordSetting } from '../audit/record-setting.ts'
import { accountById, personEvents } from './accounts.ts'
import { refuseTakenName } from './refuse-taken-name.ts'

const names = Object.keys(initialPersonSettings) as (keyof Settings)[]

/** Changes the actor's own name and settings. */
export async function editMe(db: Db, request: ChangeRequest, input: Body<'editMe'>): Promise<void> {
  await change(
    db,
    request,
    async (tx, actor, record) => {
      const before = await accountById(tx, actor.id)
      const name = input.name ?? before.name
      if (name !== before.name) await refuseTakenName(tx, name, actor)
      const { settings: stored } = await tx
        .selectFrom('people')
        .select('settings')
        .where('id', '=', actor.id)
        .executeTakeFirstOrThrow()
      const old = { ...initialPersonSettings, ...stored }
      const settings = { ...old, ...(input.settings as Partial<Settings>) }
      const changed = names.filter((one) => settings[one] !== old[one])

      await tx
        .updateTable('people')
        .set({ name, settings: JSON.stringify(settings) })
        .where('id', '=', actor.id)
        .execute()
      await recordSetting(record, actor.id, 'name', before.name, name)
      for (const one of changed) await recordSetting(record, actor.id, one, old[one], settings[one])
      const renamed =
        name === before.name ? [] : personEvents(before, await accountById(tx, actor.id))
      const resettled: NewEvent<'person:settingsChanged'>[] =
        changed.length === 0
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
