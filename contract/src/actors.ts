import type { ActorRef } from './types.ts'

/** What Deskbell does by itself. The name says which rule acted. */
export const systemNames = ['closing', 'snoozing'] as const
export type SystemName = (typeof systemNames)[number]

/** Whether this person acted. */
export function isBy(actor: ActorRef | null, personId: string): boolean {
  return actor?.kind === 'person' && actor.person.id === personId
}
