import { editedSettings } from '@deskbell/contract'
import type { DeskSettings, DeskSettingsEdit } from '@deskbell/contract'
import type { Resource } from '../cache/resource.ts'

/** The settings of the whole desk. For super admins. */
export const settings = {
  fetched: 'retained',
  async load(api) {
    const { settings: value, seq, tag } = await api.call('deskSettings')
    return { value, seq, tag }
  },
  fold: (value, event) => (event.name === 'settings:changed' ? event.data.settings : value),
  view: (value, edits) => edits.reduce(editedSettings, value),
} satisfies Resource<DeskSettings, DeskSettingsEdit>
