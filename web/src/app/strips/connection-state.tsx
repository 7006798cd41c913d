import { Tooltip } from '@mantine/core'
import { useConnection } from '../../live/use-connection.ts'
import { connectionWords } from './connection-words.ts'
import classes from './connection-state.module.css'

const explanations = {
  connecting: 'Connecting.',
  live: 'Changes by others show up here at once.',
  catchingUp: 'Fetching what happened in the meantime.',
  offline: 'Not connected. What you see may be old; trying again by itself.',
  ended: 'This session ended.',
}

interface ConnectionStateProps {
  folded?: boolean
  /** The page beside it says in words that there is no connection. */
  beside?: boolean
}

/** A quiet dot while live; otherwise a sign and words. */
export function ConnectionState({ folded = false, beside = false }: ConnectionStateProps) {
  const connection = useConnection()
  const words = connectionWords(connection)
  const isSign = folded || (beside && connection.state === 'offline')
  return (
    <Tooltip
      label={
        isSign ? `${words}. ${explanations[connection.state]}` : explanations[connection.state]
      }
      position="right"
    >
      <div
        className={classes['state']}
        data-state={connection.state}
        data-folded={folded || undefined}
        data-sign={isSign || undefined}
        data-testid="connection"
      >
        <span className={classes['dot']} aria-hidden="true" />
        <span className={classes['words']}>{words}</span>
      </div>
    </Tooltip>
  )
}
