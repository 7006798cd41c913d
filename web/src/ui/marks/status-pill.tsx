import type { Status } from '@deskbell/contract'
import { Pill } from './pill.tsx'
import { StatusIcon } from './status-icon.tsx'
import { statusWords } from '../words/words.ts'

interface StatusPillProps {
  status: Status
  /** The server has not confirmed it yet. */
  pending?: boolean
}

export function StatusPill({ status, pending = false }: StatusPillProps) {
  return (
    <Pill pending={pending}>
      <StatusIcon status={status} />
      {statusWords[status]}
    </Pill>
  )
}
