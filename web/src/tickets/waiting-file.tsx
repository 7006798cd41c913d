import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isolated } from '../ui/words/isolated.ts'
import classes from './waiting-file.module.css'

/** The files that wait to be sent or attached. */
export function WaitingFiles({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes['files']} aria-label={label} data-focus-after="[data-adds]">
      {children}
    </ul>
  )
}

interface WaitingFileProps {
  picture: ReactNode
  name: string
  /** Its size, or how far it is. */
  state: string
  /** Absent: it cannot be removed now. */
  onRemove?: (() => void) | undefined
}

export function WaitingFile({ picture, name, state, onRemove }: WaitingFileProps) {
  return (
    <li className={classes['file']}>
      {picture}
      <span className={classes['name']} title={name}>
        <bdi>{name}</bdi>
      </span>
      <span className={classes['state']}>{state}</span>
      {onRemove && (
        <ActionIcon size={24} aria-label={`Remove ${isolated(name)}`} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </li>
  )
}
