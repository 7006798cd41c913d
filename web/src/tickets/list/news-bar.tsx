import { Button, VisuallyHidden } from '@mantine/core'
import { IconArrowUp, IconRefresh } from '@tabler/icons-react'
import type { ListQuery, ListState } from '@deskbell/client'
import { useDesk } from '../../live/use-desk.ts'
import { toastError } from '../../notifications/toast.ts'
import classes from './news-bar.module.css'
import { OfflinePill } from '../../shell/offline-pill.tsx'
import type { Steady } from './rows/use-steady-order.ts'

interface NewsBarProps {
  query: ListQuery
  list: ListState
  steady: Steady
  /** The list is the page: beside an open ticket, the ticket says that there is no connection. */
  isPage: boolean
  onLetGo: () => void
}

/**
 * Offers the changes that wait so that nothing moves under the pointer. The bar floats, so that it moves nothing
 * itself.
 */
export function NewsBar({ query, list, steady, isPage, onLetGo }: NewsBarProps) {
  const desk = useDesk()
  const { waiting, stale } = steady
  return (
    <>
      <div className={classes['bar']} data-low>
        {isPage && steady.rows.length > 0 && <OfflinePill />}
      </div>
      <div className={classes['bar']} data-focus-after="li[data-number] a">
        <VisuallyHidden>
          <output>{waiting > 0 && `${waiting} new in this list`}</output>
        </VisuallyHidden>
        {list.resultsMayHaveChanged && (
          <Button
            size="compact-sm"
            radius="xl"
            leftSection={<IconRefresh size={14} />}
            onClick={() => {
              desk
                .reloadList(query)
                .catch((error: unknown) => toastError('The search could not be repeated', error))
            }}
          >
            Results may have changed
          </Button>
        )}
        {stale && (
          <Button
            size="compact-sm"
            radius="xl"
            variant={waiting > 0 ? 'filled' : 'default'}
            leftSection={<IconArrowUp size={14} />}
            onClick={onLetGo}
          >
            {waiting > 0 ? `${waiting} new` : 'Update the order'}
          </Button>
        )}
      </div>
    </>
  )
}
