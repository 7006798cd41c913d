import type { ActorRef } from '@deskbell/contract'
import { actorName } from '../words/actor-name.ts'
import classes from './actor-mark.module.css'
import { Mark } from './mark.tsx'

/** Who acted, by name; Deskbell itself has its mark before the name. */
export function ActorMark({ actor }: { actor: ActorRef }) {
  return (
    <strong>
      {actor.kind === 'system' && (
        <span className={classes['mark']}>
          <Mark size={14} />
        </span>
      )}
      <bdi>{actorName(actor)}</bdi>
    </strong>
  )
}
