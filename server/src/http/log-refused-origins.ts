import type { FastifyInstance } from 'fastify'
import { DeskError } from '../errors.ts'
import type { NoiseLog } from '../noise-log.ts'

const shownLength = 200

/** Logs refused origins: a wrong PUBLIC_URL refuses everyone, and the operator must find the cause in the log. */
export function logRefusedOrigins(
  app: FastifyInstance,
  noise: NoiseLog,
  publicUrl: string | undefined,
): void {
  app.addHook('onError', async ({ headers }, _reply, error) => {
    if (!(error instanceof DeskError)) return
    if (error.code !== 'request.origin' && error.code !== 'request.host') return
    const shown = { origin: cut(headers.origin), host: cut(headers.host) }
    noise.note(messages[error.code], { ...shown, PUBLIC_URL: publicUrl ?? null }, 'warn')
  })
}

const messages = {
  'request.origin':
    'A request of another origin was refused. If it is yours, set PUBLIC_URL to it.',
  'request.host': 'A request by an unknown name was refused. If it is yours, set PUBLIC_URL to it.',
}

function cut(text: string | undefined): string | null {
  return text?.slice(0, shownLength) ?? null
}
