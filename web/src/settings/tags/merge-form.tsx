import { NativeSelect } from '@mantine/core'
import { limits } from '@deskbell/contract'
import type { Tag } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useTagChoices } from '../../live/use-tags.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useSubmit } from '../../ui/use-submit.ts'

interface MergeFormProps {
  tag: Tag
  onDone: () => void
}

/** Asks into which tag another is merged, and says how many tickets have it. */
export function MergeForm({ tag, onDone }: MergeFormProps) {
  const desk = useDesk()
  const choices = useTagChoices().filter(
    ({ id, internal }) => id !== tag.id && internal === tag.internal,
  )
  const [into, setInto] = useState('')
  const tickets = useTicketsWith(tag.id)
  const { submit, busy, error } = useSubmit(async () => {
    await desk.mergeTag(tag.id, into)
    onDone()
  })
  const target = choices.find(({ id }) => id === into)
  return (
    <DialogForm
      button="Merge"
      danger
      busy={busy}
      error={error}
      onSubmit={() => target !== undefined && void submit()}
      onCancel={onDone}
    >
      <NativeSelect
        label="Into"
        description={
          tag.internal
            ? 'Only a tag that is for staff only, too.'
            : 'Only a tag that requesters see, too.'
        }
        value={into}
        data={[
          { value: '', label: choices.length === 0 ? 'There is no other tag' : 'Choose a tag' },
          ...choices.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => setInto(event.currentTarget.value)}
      />
      <p>
        {ticketsWords(tickets)} <bdi>{tag.name}</bdi> now.
        {target !== undefined && (
          <>
            {' '}
            They show <bdi>{target.name}</bdi> instead, and so do filters and searches. This cannot
            be undone.
          </>
        )}
      </p>
    </DialogForm>
  )
}

/** How many tickets have a tag, up to the size of a page; undefined until known. */
function useTicketsWith(id: string): number | undefined {
  const { api } = useDesk()
  const [count, setCount] = useState<number>()
  useEffect(() => {
    const asking = new AbortController()
    const query = { tag: id, limit: limits.pageSizeMax }
    api.call('tickets', { query, signal: asking.signal }).then(
      ({ items, next }) => setCount(next === null ? items.length : Infinity),
      // The dialog works without the number.
      () => undefined,
    )
    return () => asking.abort()
  }, [api, id])
  return count
}

function ticketsWords(count: number | undefined): string {
  if (count === undefined) return 'Some tickets may have'
  if (count === Infinity) return `More than ${limits.pageSizeMax} tickets have`
  if (count === 0) return 'No ticket has'
  return count === 1 ? '1 ticket has' : `${count} tickets have`
}
