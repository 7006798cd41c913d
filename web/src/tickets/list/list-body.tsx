import type { ListState } from '@deskbell/client'
import { useDesk } from '../../live/use-desk.ts'
import { NotLoaded } from '../../shell/not-loaded.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Suspense } from 'react'
import { LoadingRows } from './rows/loading-rows.tsx'
import { TicketRows } from './rows/ticket-rows.tsx'
import type { TicketRowsProps } from './rows/ticket-rows.tsx'

const EmptyList = lazyPart(() => import('./empty-list.tsx'), 'EmptyList')

interface ListBodyProps extends Omit<TicketRowsProps, 'query' | 'more'> {
  list: ListState
}

export function ListBody({ list, ...rest }: ListBodyProps) {
  const desk = useDesk()
  const { query, status, error, more } = list
  if (rest.steady.rows.length > 0) return <TicketRows {...rest} query={query} more={more} />
  if (status === 'ready')
    return (
      <Suspense fallback={null}>
        <EmptyList />
      </Suspense>
    )
  return (
    <NotLoaded
      what="The tickets"
      error={error}
      // A second failure shows in the same place.
      onRetry={() => void desk.reloadList(query).catch(() => undefined)}
    >
      <LoadingRows />
    </NotLoaded>
  )
}
