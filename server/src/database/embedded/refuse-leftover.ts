import { StartupError } from '../../startup-error.ts'
import { leftoverPostmaster } from './postmaster-file.ts'

/**
 * Refuses to start while a PostgreSQL whose folder was moved or removed still runs. It keeps running in that folder,
 * but writes its control file by the old path: into the cluster that is there now, which then no longer starts.
 */
export function refuseLeftover(clusterDirectory: string): void {
  const pid = leftoverPostmaster(clusterDirectory)
  if (pid === undefined) return
  throw new StartupError(
    `A PostgreSQL (process ${pid}) that was started in ${clusterDirectory} still runs, but that folder was moved or ` +
      `removed since. End it (kill -QUIT ${pid}; nothing that was saved is lost), and start again.`,
  )
}
