import type { ListState } from '@deskbell/client'
import { useDesk } from '../../live/use-desk.ts'
import { ErrorMessage } from '../../ui/error-message.tsx'
import { EmptyList } from './empty-list.tsx'
import { LoadingRows } from './rows/loading-rows.tsx'
import { TicketRows } from './rows/ticket-rows.tsx'
import type { TicketRowsProps } from './rows/ticket-rows.tsx'

interface ListBodyProps extends Omit<TicketRowsProps, 'query' | 'more'> {
  list: ListState
}

export function ListBody({ list, ...rest }: ListBodyProps) {
  const desk = useDesk()
  const { query, status, error, more } = list
  if (rest.steady.rows.length > 0) return <TicketRows {...rest} query={query} more={more} />
  if (status === 'loading') return <LoadingRows />
  if (status === 'ready') return <EmptyList />
  return (
    <ErrorMessage
      title="The tickets could not be loaded"
      error={error}
      // A second failure shows in the same place.
      onRetry={() => void desk.reloadList(query).catch(() => undefined)}
    />
  )
}
