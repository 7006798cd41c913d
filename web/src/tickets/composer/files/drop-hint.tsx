import { useState } from 'react'
import type { RefObject } from 'react'
import type { DropTarget } from '../composer.tsx'
import classes from './drop-hint.module.css'

interface DropHintProps {
  composer: RefObject<DropTarget | null>
}

/** Says where the files go that are dragged above a ticket. */
export function DropHint({ composer }: DropHintProps) {
  // Nobody changes the mode while they drag.
  const [internal] = useState(() => composer.current?.internal)
  return (
    <div className={classes['drop']}>
      {internal ? 'Drop to attach to the note' : 'Drop to attach to the reply'}
    </div>
  )
}
