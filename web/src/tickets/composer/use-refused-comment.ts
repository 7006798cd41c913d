import type { ApiError, KeptChange } from '@deskbell/client'
import { useEffect, useEffectEvent } from 'react'
import { useDeskState } from '../../live/use-desk-state.ts'

type KeptComment = Extract<KeptChange, { kind: 'addComment' }>

/** Calls back for a comment on this ticket that waited on this device and was then refused. */
export function useRefusedComment(
  ticketId: string,
  onRefused: (change: KeptComment, error: ApiError) => void,
) {
  const refused = useDeskState(({ outbox }) =>
    outbox.items.find(
      ({ change, error, ...item }) =>
        item.ticketId === ticketId && change.kind === 'addComment' && error !== undefined,
    ),
  )
  const tell = useEffectEvent(() => {
    if (refused?.error && refused.change.kind === 'addComment')
      onRefused(refused.change, refused.error)
  })
  useEffect(() => tell(), [refused?.id, refused?.refusedAt])
}
