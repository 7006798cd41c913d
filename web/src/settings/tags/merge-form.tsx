import { NativeSelect } from '@mantine/core'
import { limits } from '@deskbell/contract'
import type { Tag } from '@deskbell/contract'
import { useEffect, useRef, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useTagChoices } from '../../live/use-tags.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { useSubmit } from '../../ui/use-submit.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { GoneTag } from './gone-tag.tsx'

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
  const [into, setInto] = useState<Tag>()
  const [asks, setAsks] = useState(false)
  const select = useRef<HTMLSelectElement>(null)
  const tickets = useTicketsWith(tag.id)
  const { submit, busy, error } = useSubmit(async (target: Tag) => {
    await desk.mergeTag(tag.id, target.id)
    onDone()
  })
  const target = choices.find(({ id }) => id === into?.id)
  // It was deleted, archived or merged by someone else.
  const lost = target === undefined && !busy ? into : undefined

  function onSubmit() {
    setAsks(target === undefined)
    if (target === undefined) select.current?.focus()
    else void submit(target)
  }
  return (
    <DialogForm
      button={`Merge${changeWords(tickets)}`}
      danger
      busy={busy}
      error={error}
      onSubmit={onSubmit}
      onCancel={onDone}
    >
      <GoneTag tag={busy ? undefined : tag} />
      <NativeSelect
        ref={select}
        label="Into"
        description={
          tag.internal
            ? 'Only a tag that is for staff only, too.'
            : 'Only a tag that requesters see, too.'
        }
        value={target?.id ?? ''}
        error={
          (lost && `${isolated(lost.name)} is not in use any more. Choose another tag.`) ||
          (asks && 'Choose a tag.')
        }
        data={[
          { value: '', label: choices.length === 0 ? 'There is no other tag' : 'Choose a tag' },
          ...choices.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => {
          setAsks(false)
          setInto(choices.find(({ id }) => id === event.currentTarget.value))
        }}
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

/** How many tickets the merge changes. */
function changeWords(count: number | undefined): string {
  if (count === undefined) return ''
  if (count === Infinity) return `: more than ${limits.pageSizeMax} tickets change`
  if (count === 0) return ': no ticket changes'
  return count === 1 ? ': 1 ticket changes' : `: ${count} tickets change`
}

function ticketsWords(count: number | undefined): string {
  if (count === undefined) return 'Some tickets may have'
  if (count === Infinity) return `More than ${limits.pageSizeMax} tickets have`
  if (count === 0) return 'No ticket has'
  return count === 1 ? '1 ticket has' : `${count} tickets have`
}
