import { Button, Loader, VisuallyHidden } from '@mantine/core'
import type { ListQuery } from '@deskbell/client'
import { memo, useEffect, useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { useReconnected } from '../../../live/use-reconnected.ts'
import { sayError } from '../../../ui/say-error.ts'
import classes from './ticket-rows.module.css'

interface EndOfListProps {
  query: ListQuery
  more: boolean
  /** The end is near, so the next page should load. */
  wanted: boolean
  count: number
}

/** Fetches the next page near the end of the list, and shows a failure. */
export const EndOfList = memo(function EndOfList(props: EndOfListProps) {
  const { query, more, wanted, count } = props
  const desk = useDesk()
  const [error, setError] = useState<unknown>()
  useReconnected(() => setError(undefined))
  const load = more && wanted && error === undefined

  useEffect(() => {
    if (load) desk.loadMore(query).catch(setError)
    // Once for every page: the count grows with each.
  }, [desk, query, load, count])

  if (!more) return null
  return (
    <div className={classes['end']} data-focus-after="li[data-number]:last-of-type a">
      {error === undefined ? (
        <>
          {/* Nobody sees it turn before the end is near, and it would take a part of every frame. */}
          {wanted && <Loader size="xs" color="gray" aria-hidden="true" />}
          <VisuallyHidden>More tickets follow</VisuallyHidden>
        </>
      ) : (
        <>
          <span role="alert">{sayError(error)}</span>
          <Button size="compact-sm" variant="default" onClick={() => setError(undefined)}>
            Load more
          </Button>
        </>
      )}
    </div>
  )
})
