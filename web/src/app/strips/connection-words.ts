import type { Connection } from '@deskbell/client'
import { clockTime } from '../../ui/words/time-words.ts'

/** The state of the live connection, in a few words. */
export function connectionWords(connection: Connection): string {
  switch (connection.state) {
    case 'connecting':
      return 'Connecting'
    case 'live':
      return 'Live'
    case 'catchingUp':
      return connection.remaining > 0
        ? `Catching up (${connection.remaining.toLocaleString('en')})`
        : 'Catching up'
    case 'offline':
      return `Offline since ${clockTime(connection.since)}`
    case 'ended':
      return 'Signed out'
  }
}
