import { ActionIcon, Button } from '@mantine/core'
import { mayTriage } from '@deskbell/contract'
import type { PersonRef, Ticket } from '@deskbell/contract'
import { IconEye, IconEyeOff, IconPlus } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { myRef } from '../../my-ref.ts'
import { useMe } from '../../../live/use-me.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { PendingClock } from '../../../ui/marks/pending-clock.tsx'
import { ConfirmDialog } from '../../confirm-dialog.tsx'
import { PersonMenu } from '../../people/person-menu.tsx'
import { SideSection } from './side-section.tsx'
import { relationshipOf } from '../../relationship-of.ts'
import { tryChange } from '../edit/try-change.ts'
import { WatcherList } from './watcher-list.tsx'
import classes from './watchers-section.module.css'

interface WatchersSectionProps {
  ticket: Pick<Ticket, 'id' | 'creator' | 'watchers'>
  pending: boolean
}

/** The watchers. Staff add and remove them; a watcher may stop watching. */
export const WatchersSection = memo(function WatchersSection({
  ticket,
  pending,
}: WatchersSectionProps) {
  const desk = useDesk()
  const me = useMe()
  const [leaving, setLeaving] = useState(false)
  const staff = mayTriage(me)
  const { creator, watcher } = relationshipOf(me, ticket)
  const myself = myRef(me)

  function add(person: PersonRef) {
    void tryChange(`${isolated(person.name)} was not added`, () => desk.watch(ticket.id, person))
  }

  function remove(person: PersonRef) {
    setLeaving(false)
    void tryChange(`${isolated(person.name)} is still watching`, () =>
      desk.unwatch(ticket.id, person.id),
    )
  }

  function toggle() {
    if (!watcher) add(myself)
    // A person who sees the ticket only as a watcher will not see it any more, so the app asks first.
    else if (staff || creator) remove(myself)
    else setLeaving(true)
  }

  return (
    <SideSection title="Watching" action={staff && <AddWatcher ticket={ticket} onAdd={add} />}>
      <WatcherList watchers={ticket.watchers} onRemove={remove} />
      {(watcher || staff) && (
        <Button
          className={classes['toggle'] ?? ''}
          size="compact-sm"
          variant="default"
          data-focus-after="[data-timeline-frame]"
          leftSection={watcher ? <IconEyeOff size={14} /> : <IconEye size={14} />}
          rightSection={pending && <PendingClock />}
          onClick={toggle}
        >
          {watcher ? 'Stop watching' : 'Watch'}
        </Button>
      )}
      <ConfirmDialog
        opened={leaving}
        title="Stop watching this ticket?"
        confirm="Stop watching"
        onConfirm={() => remove(myself)}
        onCancel={() => setLeaving(false)}
      >
        You will not see this ticket any more. Someone on the staff can add you again.
      </ConfirmDialog>
    </SideSection>
  )
})

interface AddWatcherProps {
  ticket: Pick<Ticket, 'id' | 'creator' | 'watchers'>
  onAdd: (person: PersonRef) => void
}

function AddWatcher({ ticket, onAdd }: AddWatcherProps) {
  const [opened, setOpened] = useState(false)
  const here = new Set([ticket.creator, ...ticket.watchers].map((person) => person.id))
  return (
    <PersonMenu
      label="Add a watcher"
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      offers={(person) => person.active && !here.has(person.id)}
      onPick={onAdd}
      nobody="Everyone is here already."
      target={(button) => (
        <ActionIcon size={28} aria-label="Add a watcher" data-adds {...button}>
          <IconPlus size={16} stroke={1.75} />
        </ActionIcon>
      )}
    />
  )
}
