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
}

/** A quiet dot while live; otherwise a sign and words. */
export function ConnectionState({ folded = false }: ConnectionStateProps) {
  const connection = useConnection()
  const words = connectionWords(connection)
  return (
    <Tooltip
      label={
        folded ? `${words}. ${explanations[connection.state]}` : explanations[connection.state]
      }
      position="right"
    >
      <div
        className={classes['state']}
        data-state={connection.state}
        data-folded={folded || undefined}
        data-testid="connection"
      >
        <span className={classes['dot']} aria-hidden="true" />
        <span className={classes['words']}>{words}</span>
      </div>
    </Tooltip>
  )
}
