import type { Logger } from 'pino'

/**
 * Handles uncaught errors. An unhandled rejection is the failure of one request or connection: it is logged as a bug,
 * and the server goes on for everyone else. After any other uncaught error the state of the process is unknown, so it
 * exits.
 */
export function outliveRequests(log: Logger): void {
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'bug'))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
}
