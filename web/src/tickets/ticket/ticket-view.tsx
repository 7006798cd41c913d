import type { TicketState } from '@deskbell/client'
import { useCallback, useId, useMemo, useRef, useState } from 'react'
import { PageTitle } from '../../shell/page-title.tsx'
import { isolated } from '../../ui/words/isolated.ts'
import type { DropTarget } from '../composer/composer.tsx'
import { DropHint } from '../composer/files/drop-hint.tsx'
import { useFileDrop } from '../composer/files/use-file-drop.ts'
import { TicketPeople } from '../composer/mentions/ticket-people.ts'
import { Conversation } from './conversation.tsx'
import { DetailsDrawer } from './side/details-drawer.tsx'
import { ImageViewer } from './files/image-viewer.tsx'
import { SideColumn } from './side/side-column.tsx'
import { TicketHeader } from './header/ticket-header.tsx'
import classes from './ticket-view.module.css'

interface TicketViewProps {
  state: Extract<TicketState, { status: 'ready' }>
  onClose: () => void
}

/** A loaded ticket: its header, its history with the composer, and its side column. */
export function TicketView({ state, onClose }: TicketViewProps) {
  const { ticket, attachments } = state
  const titleId = useId()
  const composer = useRef<DropTarget>(null)
  const drop = useFileDrop((files) => composer.current?.addFiles(files))
  const [details, setDetails] = useState(false)
  const openDetails = useCallback(() => setDetails(true), [])
  const [imageId, setImageId] = useState<string>()
  const side = <SideColumn state={state} onOpenImage={setImageId} />

  const { creator, assignee, watchers } = ticket
  const people = useMemo(
    () => [creator, ...(assignee ? [assignee] : []), ...watchers],
    [creator, assignee, watchers],
  )

  return (
    <article className={classes['ticket']} aria-labelledby={titleId} {...drop.handlers}>
      <PageTitle>{`#${ticket.number} ${isolated(ticket.title)}`}</PageTitle>
      <TicketHeader ticket={ticket} titleId={titleId} onClose={onClose} onDetails={openDetails} />
      <div className={classes['columns']}>
        <TicketPeople value={people}>
          <Conversation state={state} composer={composer} onOpenImage={setImageId} />
        </TicketPeople>
        <aside className={classes['side']} aria-label="Details">
          {side}
        </aside>
      </div>
      <DetailsDrawer opened={details} onClose={() => setDetails(false)}>
        {side}
      </DetailsDrawer>
      <ImageViewer attachments={attachments} openedId={imageId} onShow={setImageId} />
      {drop.over && <DropHint composer={composer} />}
    </article>
  )
}
