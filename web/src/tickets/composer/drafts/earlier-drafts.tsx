import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { withPlainMentions } from '@deskbell/contract'
import type { DraftKind, EarlierDraft } from '@deskbell/contract'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import { sayError } from '../../../ui/say-error.ts'
import classes from './earlier-drafts.module.css'

interface EarlierDraftsProps {
  ticketId: string
  kind: DraftKind
  /** The text in the field: what it contains needs no bringing back. */
  present: string
  onBringBack: (text: string) => void
}

const none = 'There is none. A text that you discard or replace is kept here for 7 days.'

/** Brings back a text that was discarded or replaced. */
export function EarlierDrafts({ ticketId, kind, present, onBringBack }: EarlierDraftsProps) {
  const desk = useDesk()
  const [earlier, setEarlier] = useState<readonly EarlierDraft[]>()
  const [problem, setProblem] = useState<string>()
  const others = earlier?.filter(({ body }) => !present.includes(body))

  async function load() {
    setEarlier(undefined)
    setProblem(undefined)
    try {
      setEarlier(await desk.drafts.earlier(ticketId, kind))
    } catch (error) {
      setProblem(sayError(error))
    }
  }

  return (
    <Menu position="top-end" width={320} onOpen={() => void load()}>
      <Menu.Target>
        <Tooltip label="Earlier drafts">
          <ActionIcon size={28} className={classes['button'] ?? ''} aria-label="Earlier drafts">
            <IconHistory size={16} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className={classes['list'] ?? ''}>
        <Menu.Label>Bring back a text</Menu.Label>
        {others?.map(({ id, body, at }) => (
          <Menu.Item key={id} onClick={() => onBringBack(body)}>
            <span className={classes['text']} dir="auto">
              {withPlainMentions(body).trim()}
            </span>
            <span className={classes['time']}>
              <RelativeTime at={at} />
            </span>
          </Menu.Item>
        ))}
        {(others === undefined || others.length === 0) && (
          <p className={classes['none']} role="status">
            {problem ?? (others === undefined ? 'Looking for them…' : none)}
          </p>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
