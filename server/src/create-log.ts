import type { Logger } from 'pino'
import { pino } from 'pino'
import type { Config } from './config.ts'

/** Logs JSON lines, or readable lines at a terminal. */
export async function createLog(
  config: Pick<Config, 'logLevel'>,
  isTerminal: boolean,
): Promise<Logger> {
  const options = { level: config.logLevel }
  if (!isTerminal) return pino(options)
  const { default: pretty } = await import('pino-pretty')
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' }))
}
