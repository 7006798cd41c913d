import type { Logger } from 'pino'

/**
 * What nobody caught. A promise that fails unobserved is the failure of one request or one connection: it is a bug, and
 * nobody else may lose their server for it. After any other error the state of the process is not known, and it ends.
 */
export function outliveRequests(log: Logger): void {
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'bug'))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught error')
    process.exit(1)
  })
}
