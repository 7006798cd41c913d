import { StartupError } from '../../startup-error.ts'
import { leftoverPostmaster } from './postmaster-file.ts'

/**
 * A PostgreSQL whose folder was moved or removed goes on in there, but writes its control file by the path: into
 * whatever is in that place by now, which no longer starts after that.
 */
export function refuseLeftover(clusterDirectory: string): void {
  const pid = leftoverPostmaster(clusterDirectory)
  if (pid === undefined) return
  throw new StartupError(
    `A PostgreSQL (process ${pid}) that was started in ${clusterDirectory} still runs, but that folder was moved or ` +
      `removed since. End it (kill -QUIT ${pid}; nothing that was saved is lost), and start again.`,
  )
}
