import type { DeskEvent, Me } from '@deskbell/contract'

/** Updates the person signed in. A changed role ends the session, so no event carries it here. */
export function foldMe(me: Me, event: DeskEvent): Me {
  if (event.name === 'person:settingsChanged') return { ...me, settings: event.data.settings }
  if (event.name !== 'person:changed' || event.data.person.id !== me.id) return me
  return { ...me, name: event.data.person.name }
}
