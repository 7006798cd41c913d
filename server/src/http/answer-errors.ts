import type { FastifyInstance } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ErrorCode } from '@deskbell/contract'
import { DeskError, toDeskError } from '../errors.ts'
import type { Session } from '../people/sessions.ts'

/** Every failure leaves through here, as a row of the contract's table. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((thrown, request, reply) => {
    const error = toDeskError(translate(thrown), (bug) => request.log.error({ err: bug }, 'bug'))
    if (error.status === 429) retryAfter(error, reply)
    return reply.status(error.status).send(error.toBody(request.id))
  })
}

export function answerUnknown(app: FastifyInstance): void {
  app.setNotFoundHandler(() => {
    throw new DeskError('not.found')
  })
}

function retryAfter(
  error: DeskError,
  reply: { header(name: string, value: string): unknown },
): void {
  const { details } = error
  const ms =
    typeof details === 'object' && details !== null && 'retryInMs' in details
      ? Number(details.retryInMs)
      : 1000
  reply.header('retry-after', String(Math.max(1, Math.ceil(ms / 1000))))
}

/** Fastify's own refusals, by their codes. */
const refusals: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.tooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported',
  FST_ERR_BAD_URL: 'not.found',
  FST_ERR_ASYNC_CONSTRAINT: 'not.found',
  FST_ERR_PROTO: 'request.malformed',
  FST_UNDER_PRESSURE: 'busy',
}

function translate(thrown: unknown): unknown {
  if (hasZodFastifySchemaValidationErrors(thrown))
    return new DeskError('request.invalid', { fields: fieldsOf(thrown) })
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return malformed(thrown)
  const code = refusals[String(thrown.code)]
  return code === undefined ? malformed(thrown) : new DeskError(code)
}

/** The JSON parser's refusals carry a status and no code. */
function malformed(thrown: unknown): unknown {
  const isRefusal =
    thrown instanceof SyntaxError && 'statusCode' in thrown && thrown.statusCode === 400
  return isRefusal ? new DeskError('request.malformed') : thrown
}

type Invalid = { validation: readonly { instancePath: string; message?: string | undefined }[] }

function fieldsOf(thrown: Invalid): Record<string, string> {
  return Object.fromEntries(
    thrown.validation.map(({ instancePath, message }) => [
      instancePath.replace(/^\//, '').replaceAll('/', '.') || 'body',
      message ?? 'Invalid',
    ]),
  )
}

declare module 'fastify' {
  interface FastifyContextConfig {
    open?: boolean
  }
  interface FastifyRequest {
    session: Session | null
  }
}
