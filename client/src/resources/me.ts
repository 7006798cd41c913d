import type { Body, Me } from '@deskbell/contract'
import type { Resource } from '../cache/resource.ts'

/** The person signed in. A changed role ends the session, so no event carries it here. */
export const me = {
  fetched: 'always',
  initial: (value) => value,
  async load(api) {
    const { me: value, seq, tag } = await api.call('me')
    return { value, seq, tag }
  },
  fold(value, event) {
    if (event.name === 'person:settingsChanged') return { ...value, settings: event.data.settings }
    if (event.name !== 'person:changed' || event.data.person.id !== value.id) return value
    return { ...value, name: event.data.person.name }
  },
  view: (value, edits) => edits.reduce(edited, value),
} satisfies Resource<Me, Body<'editMe'>>

function edited(me: Me, { name, settings }: Body<'editMe'>): Me {
  const changed = Object.entries(settings ?? {}).filter(([, value]) => value !== undefined)
  return {
    ...me,
    name: name ?? me.name,
    settings: { ...me.settings, ...Object.fromEntries(changed) },
  }
}
